//! Tables of cases that share a shape.

/// Makes each line a test of its own: its name, and what is given to the function before the table.
///
/// ```ignore
/// cases! { passes;
///     a06_root("ROOT");
///     a08_root_in_lower_case("root");
/// }
/// ```
macro_rules! cases {
    ($show:path; $($case:ident($($given:expr),* $(,)?);)+) => {
        $(#[tokio::test]
        async fn $case() {
            $show($($given),*).await;
        })+
    };
}
