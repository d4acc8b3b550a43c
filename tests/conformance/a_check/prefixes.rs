//! The prefixes of rules, ECR's and the upstream's alike.

const THIRTY: &str = "tf-test/aaaaaaaaaaaaaaaaaaaaaa";
const THIRTY_ONE: &str = "tf-test/aaaaaaaaaaaaaaaaaaaaaaa";

/// The value is good for both prefixes.
async fn passes(prefix: &str) {
    for property in ["ecrRepositoryPrefix", "upstreamRepositoryPrefix"] {
        super::passes(property, prefix).await;
    }
}

/// The value is bad for both prefixes, and the reason says what is wrong where.
async fn fails(prefix: &str, says: &str) {
    for property in ["ecrRepositoryPrefix", "upstreamRepositoryPrefix"] {
        super::fails(property, prefix, &[says, "a prefix has 2 to 30 characters"]).await;
    }
}

cases! { passes;
    a05_a25_thirty_characters(THIRTY);
    a06_a25_root("ROOT");
    a08_a25_root_in_lower_case("root");
    a09_a25_a_slash_at_the_end("ecr-public/");
    a12_a25_two_underscores("a__b");
    a12_a25_two_dashes("a--b");
    a12_a25_many_dashes("a-----b");
    a15_a25_a_host_as_a_part("thirdparty/registry.k8s.io");
    a15_a25_parts_of_one_character("a/b/c");
    a15_a25_digits_and_every_separator("0.9_x-1");
}

cases! { fails;
    a03_a25_one_character("a", "expected length to be in the range (2 - 30), got 1 (`a`)");
    a04_a25_thirty_one_characters(THIRTY_ONE, "in the range (2 - 30), got 31 (`tf-test/aaaaaaaaaaaaaaaaaaaaaaa`)");
    a07_a25_root_with_a_slash("ROOT/", "`ROOT/` is not the same as `ROOT`");
    a07_a25_root_in_other_letters("Root", "`Root` is not the same as `ROOT`");
    a10_a25_a_slash_at_the_beginning("/ab", "begins with the separator `/` at position 1");
    a10_a25_two_slashes_at_the_end("ab//", "(`//`) at position 3");
    a10_a25_two_slashes_in_between("ab//cd", "(`//`) at position 3");
    a11_a25_a_dash_at_the_beginning("-ab", "begins with the separator `-` at position 1");
    a11_a25_a_dash_at_the_end("ab-", "ends with the separator `-` at position 3");
    a11_a25_a_dot_at_the_end("ab.", "ends with the separator `.` at position 3");
    a11_a25_an_underscore_at_the_end("ab_", "ends with the separator `_` at position 3");
    a11_a25_a_dash_at_the_end_of_a_part("ab-/", "(`-/`) at position 3");
    a11_a25_an_underscore_at_the_beginning_of_a_part("team/_x", "(`/_`) at position 5");
    a13_a25_three_underscores("a___b", "has the separator `___`, which is none at position 2");
    a13_a25_two_dots("a..b", "has the separator `..`, which is none at position 2");
    a13_a25_a_dot_and_a_dash("a.-b", "has the separator `.-`, which is none at position 2");
    a13_a25_an_underscore_and_a_dash("a_-b", "has the separator `_-`, which is none at position 2");
    a14_a25_a_capital("aB", "has `B` (capitals are not allowed) at position 2");
    a14_a25_a_space("a b", "has a space at position 2");
    a14_a25_a_colon("a:b", "has `:` at position 2");
    a14_a25_a_letter_of_another_language("aéb", "has `é` (U+00E9) at position 2");
    a14_a25_a_control_character("a\u{7}b", "has the character U+0007 at position 2");
    a14_a25_a_character_without_a_width("a\u{200b}b", "has the character U+200B at position 2");
}

/// What would be right is told, where it takes no guessing.
async fn is_told(prefix: &str, meant: &str) {
    fails(prefix, &format!("did you mean `{meant}`?")).await;
}

cases! { is_told;
    a44_capitals("Team/App_", "team/app");
    a44_a_prefix_that_was_cut_at_a_dash("abcdefghijklmnopqrstuvwxyz012-", "abcdefghijklmnopqrstuvwxyz012");
    a44_too_many_slashes("/team//app/", "team/app");
    a44_a_pattern("quay/*", "quay");
    a44_root_in_other_letters("Root", "ROOT");
    a44_a_repository_with_its_registry("123456789012.dkr.ecr.us-east-1.amazonaws.com/quay", "quay");
    a44_thirty_characters_and_a_slash("abcdefghijklmnopqrstuvwxyz0123/", "abcdefghijklmnopqrstuvwxyz0123");
}
