//! What of the developer's own environment a Pulumi under test may see.

use std::env;
use std::ffi::OsStr;
use std::process::Command;

/// Whether Pulumi, and with it the plugin, sees the developer's own AWS account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Account {
    /// No: no AWS variable, no AWS file, no proxy. A test that reaches AWS is a mistake.
    Hidden,
    /// Yes: as if the user had started it.
    Visible,
}

/// Takes away what must not leak into Pulumi.
pub(crate) fn isolate(command: &mut Command, account: Account) {
    for (name, _) in env::vars_os() {
        if is_ambient(&name, account) {
            command.env_remove(&name);
        }
    }
}

fn is_ambient(name: &OsStr, account: Account) -> bool {
    let name = name.to_string_lossy().to_ascii_uppercase();
    let of_aws = name.starts_with("AWS_");
    // A proxy would be asked for the loopback address as well.
    let of_proxy = matches!(name.as_str(), "HTTP_PROXY" | "HTTPS_PROXY" | "ALL_PROXY" | "NO_PROXY");
    // Those of the CLI's own kind decide where it keeps its state and which plugins it takes.
    let of_pulumi = name.starts_with("PULUMI_");
    of_pulumi || (account == Account::Hidden && (of_aws || of_proxy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ambient_depends_on_whose_account_is_used() {
        let ambient = |name: &str, account| is_ambient(OsStr::new(name), account);
        for name in ["AWS_PROFILE", "AWS_ENDPOINT_URL", "https_proxy", "NO_PROXY"] {
            assert!(ambient(name, Account::Hidden), "{name}");
            assert!(!ambient(name, Account::Visible), "{name}");
        }
        assert!(ambient("PULUMI_BACKEND_URL", Account::Visible));
        assert!(!ambient("PATH", Account::Hidden));
    }
}
