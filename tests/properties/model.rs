//! A stack through programs, drift, refreshes and imports: whatever comes, one `up` makes the registry what the program says, and
//! leaves the rest of it alone.

use std::{collections::BTreeMap, fmt};

use local_ecr::{Behaviour, LocalEcr, Rule};
use proptest::{collection::vec, prelude::*};

use crate::{
    drift::{Drift, behaviour, drift, rule_at, rules},
    engine::{How, Stack},
    program::{Edit, Program, SLOTS, Slot, Wish, edit, home, wish},
    runner::hold,
    support::{Meaning, Place, REGION, World},
};

/// Something that happens to a stack.
#[derive(Clone, Debug)]
enum Step {
    /// Somebody writes a rule into the program, or another in its place.
    Write(Slot, Wish),
    /// Somebody changes a rule in the program.
    Edit(Slot, Edit),
    /// Somebody takes a rule out of the program.
    Drop(Slot),
    /// Somebody configures another region.
    Home(&'static str),
    Up(How),
    Refresh,
    /// Somebody imports one of the rules there are, and writes it into the program.
    Import(Slot, usize),
    /// Somebody does something to the registries.
    Drift(Drift),
    /// ECR begins to answer in another way.
    Ecr(Behaviour),
}

/// What happens to a stack whose program begins with some rules.
struct Story {
    ecr: Behaviour,
    rules: BTreeMap<Slot, Wish>,
    steps: Vec<Step>,
}

impl fmt::Debug for Story {
    /// One line for each step.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?}", self.ecr)?;
        self.rules.iter().try_for_each(|(slot, wish)| writeln!(f, "rule {slot}: {wish:?}"))?;
        self.steps.iter().try_for_each(|step| writeln!(f, "{step:?}"))
    }
}

fn how() -> impl Strategy<Value = How> {
    (any::<bool>(), prop::bool::weighted(0.3)).prop_map(|(refresh, keep_going)| How { refresh, keep_going })
}

fn edited() -> impl Strategy<Value = Step> {
    (0..SLOTS, edit()).prop_map(|(slot, edit)| Step::Edit(slot, edit))
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => (0..SLOTS).prop_flat_map(|slot| wish(slot).prop_map(move |wish| Step::Write(slot, wish))),
        2 => edited(),
        1 => (0..SLOTS).prop_map(Step::Drop),
        1 => home().prop_map(Step::Home),
        2 => how().prop_map(Step::Up),
        1 => Just(Step::Refresh),
        1 => (0..SLOTS, any::<usize>()).prop_map(|(slot, number)| Step::Import(slot, number)),
        3 => drift().prop_map(Step::Drift),
        1 => behaviour().prop_map(Step::Ecr),
    ]
}

fn story() -> impl Strategy<Value = Story> {
    let rules = [0, 1, 2].map(|slot| prop::option::weighted(0.8, wish(slot)));
    // An edit is most often followed by an `up`, as people do.
    let edited_and_up = (edited(), how()).prop_map(|(edit, how)| vec![edit, Step::Up(how)]);
    let steps = vec(prop_oneof![step().prop_map(|step| vec![step]), edited_and_up], 1..12);
    (behaviour(), rules, how(), steps).prop_map(|(ecr, rules, how, steps)| {
        let rules = rules.into_iter().enumerate().filter_map(|(slot, wish)| Some((slot, wish?)));
        let steps = [Step::Up(how)].into_iter().chain(steps.into_iter().flatten());
        Story { ecr, rules: rules.collect(), steps: steps.collect() }
    })
}

/// Takes a step.
async fn take(step: &Step, world: &World, stack: &mut Stack, program: &mut Program) {
    match step {
        Step::Write(slot, wish) => drop(program.rules.insert(*slot, wish.clone())),
        Step::Edit(slot, edit) => {
            if let Some(wish) = program.rules.get_mut(slot) {
                wish.edit(edit);
            }
        }
        Step::Drop(slot) => drop(program.rules.remove(slot)),
        Step::Home(home) => program.home = home,
        Step::Up(how) => up(world, stack, program, *how).await,
        Step::Refresh => {
            stack.refresh(world).await;
            assert!(stack.is_true(world));
        }
        Step::Import(slot, number) => import(world, stack, program, *slot, *number).await,
        Step::Drift(drift) => drift.happen(&world.ecr),
        Step::Ecr(behaviour) => world.ecr.set_behaviour(behaviour.clone()),
    }
}

/// The rules that are not the stack's.
fn others(ecr: &LocalEcr, stack: &Stack) -> Vec<(&'static str, Rule)> {
    let mut rules = rules(ecr);
    rules.retain(|(region, rule)| !stack.owns(&Meaning::of_rule(region, rule).place));
    rules
}

async fn up(world: &World, stack: &mut Stack, program: &Program, how: How) {
    let others_before = others(&world.ecr, stack);
    let was_true = how.refresh || stack.is_true(world);
    let is_possible = program.has_one_rule_per_place() && !stack.has_two_of_one_rule();
    let succeeds = stack.up(world, program, how).await;
    // Also after a failure: nothing of others is touched, and nothing is made that no state knows of.
    assert_eq!(others(&world.ecr, stack), others_before);
    if !succeeds || !was_true || !is_possible {
        return;
    }
    assert_eq!(stack.entries.len(), program.rules.len());
    for (slot, wish) in &program.rules {
        let wanted = wish.meaning(program.home);
        assert_eq!(rule_at(&world.ecr, &wanted.place), Some(wanted), "rule {slot}");
    }
    // Every write has a step of its own in the engine, which would fail; that there is none shows that nothing is left to do.
    let (settled, entries) = (rules(&world.ecr), stack.entries.clone());
    assert!(stack.up(world, program, How { refresh: true, keep_going: false }).await);
    assert_eq!(rules(&world.ecr), settled, "a second `up` has nothing to do");
    let inputs =
        |entries: &[crate::engine::Entry]| entries.iter().map(|entry| entry.state.inputs.clone()).collect::<Vec<_>>();
    assert_eq!(inputs(&stack.entries), inputs(&entries));
}

async fn import(world: &World, stack: &mut Stack, program: &mut Program, slot: Slot, number: usize) {
    let rules = rules(&world.ecr);
    let Some((region, rule)) = rules.get(number % rules.len().max(1)) else {
        return;
    };
    let place = Place::new(region, &rule.ecr_repository_prefix);
    // The engine refuses to import under a name that it has, and one rule is no two resources.
    if stack.live(slot).is_none() && !stack.owns(&place) {
        assert!(stack.import(world, slot, &place).await);
        program.rules.insert(slot, Wish::of_rule(region, stack.home, rule));
    }
}

/// Whatever has happened: a `destroy` takes away all that is the stack's, and from there one `up` makes all that nobody is in the
/// way of.
async fn settle(world: &World, stack: &mut Stack, mut program: Program) {
    let empty = Program { rules: BTreeMap::new(), ..program.clone() };
    let strangers = others(&world.ecr, stack);
    up(world, stack, &empty, How { refresh: true, keep_going: false }).await;
    assert_eq!((stack.entries.len(), rules(&world.ecr)), (0, strangers.clone()));
    let mut taken = strangers.iter().map(|(region, rule)| Meaning::of_rule(region, rule).place).collect::<Vec<_>>();
    program.rules.retain(|_, wish| {
        let place = wish.meaning(program.home).place;
        let free = !taken.contains(&place);
        taken.push(place);
        free
    });
    up(world, stack, &program, How { refresh: false, keep_going: false }).await;
    assert_eq!(stack.entries.len(), program.rules.len(), "nothing was in the way");
}

#[test]
fn one_up_makes_the_registry_what_the_program_says_and_leaves_the_rest_alone() {
    hold(48, story(), &async |world, Story { ecr, rules: written, steps }| {
        for (region, rule) in rules(&world.ecr) {
            world.ecr.remove_rule(region, &rule.ecr_repository_prefix);
        }
        world.ecr.set_behaviour(ecr);
        let mut stack = Stack::new(REGION);
        let mut program = Program { home: REGION, rules: written };
        for step in &steps {
            take(step, world, &mut stack, &mut program).await;
        }
        settle(world, &mut stack, program).await;
    });
}
