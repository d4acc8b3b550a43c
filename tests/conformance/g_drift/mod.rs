//! Refresh and drift, and states that pulumi-aws wrote.
