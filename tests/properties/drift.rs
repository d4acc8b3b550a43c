//! What others do to the registries meanwhile.

use local_ecr::{Behaviour, LocalEcr, RootEcho, Rule, SlashEcho};
use proptest::{prelude::*, sample::select};

use crate::{
    program::{Edit, OTHER_REGION, SLOTS, Wish, edit, home, wish},
    support::{Meaning, Place, REGION},
};

pub(crate) const REGIONS: [&str; 2] = [REGION, OTHER_REGION];

/// Something that happens to a registry without the stack.
#[derive(Clone, Debug)]
pub(crate) enum Drift {
    /// Somebody makes a rule, in the place of one with the same prefix.
    Put(&'static str, Wish),
    /// Somebody changes one of the rules there are, whosever it is.
    Change(usize, Edit),
    /// Somebody removes one of the rules there are.
    Remove(usize),
}

impl Drift {
    pub(crate) fn happen(&self, ecr: &LocalEcr) {
        let all = rules(ecr);
        let chosen = |number: usize| all.get(number % all.len().max(1));
        match self {
            Self::Put(region, wish) => ecr.put_rule(region, wish.rule(region)),
            Self::Change(number, edit) => {
                if let Some((region, rule)) = chosen(*number) {
                    let mut wish = Wish::of_rule(region, region, rule);
                    // With another prefix it would be another rule.
                    if !matches!(edit, Edit::Prefix(_)) {
                        wish.edit(edit);
                        ecr.put_rule(region, wish.rule(region));
                    }
                }
            }
            Self::Remove(number) => {
                if let Some((region, rule)) = chosen(*number) {
                    assert!(ecr.remove_rule(region, &rule.ecr_repository_prefix));
                }
            }
        }
    }
}

/// The rules of all regions.
pub(crate) fn rules(ecr: &LocalEcr) -> Vec<(&'static str, Rule)> {
    REGIONS.into_iter().flat_map(|region| ecr.rules(region).into_iter().map(move |rule| (region, rule))).collect()
}

/// The rule in a place.
pub(crate) fn rule_at(ecr: &LocalEcr, place: &Place) -> Option<Meaning> {
    let rules = ecr.rules(&place.region).into_iter();
    rules.map(|rule| Meaning::of_rule(&place.region, &rule)).find(|meaning| meaning.place == *place)
}

pub(crate) fn drift() -> impl Strategy<Value = Drift> {
    prop_oneof![
        1 => (home(), 0..SLOTS)
            .prop_flat_map(|(region, slot)| wish(slot).prop_map(move |wish| Drift::Put(region, wish))),
        2 => (any::<usize>(), edit()).prop_map(|(number, edit)| Drift::Change(number, edit)),
        1 => any::<usize>().prop_map(Drift::Remove),
    ]
}

/// What ECR may turn out to do where nobody outside AWS knows.
pub(crate) fn behaviour() -> impl Strategy<Value = Behaviour> {
    let root = select(&[RootEcho::Absent, RootEcho::Root][..]);
    let slash = select(&[SlashEcho::Keep, SlashEcho::Strip][..]);
    let page = select(&[None, Some(1), Some(2)][..]);
    (root, slash, page).prop_map(|(root_echo, slash_echo, page_size)| Behaviour {
        root_echo,
        slash_echo,
        page_size,
        ..Behaviour::default()
    })
}
