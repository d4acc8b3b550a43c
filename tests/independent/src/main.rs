//! winterbaume's ECR as a program: prints its URL and serves until it is killed.

use std::io;

use independent::Winterbaume;

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    println!("{}", Winterbaume::start().await?.url());
    std::future::pending().await
}
