//! `in-use.toml`: the chosen pack of each role, and the one before it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::infer::Role;
use crate::packs::PackName;

/// A pack chosen for a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Choice {
    /// The newest one in the program. Never for long where findings are scored: another program would
    /// read with another network, and nobody would have compared them.
    #[default]
    BuiltIn,
    /// That one, from the program or from the state folder.
    Named(PackName),
}

/// The choice of each role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct InUse {
    roles: BTreeMap<Role, Pair>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Pair {
    now: Choice,
    before: Choice,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawPair {
    now: String,
    before: String,
}

/// How the built-in pack stands in the file.
const BUILT_IN: &str = "built-in";

impl Choice {
    fn to_text(&self) -> String {
        match self {
            Self::BuiltIn => BUILT_IN.to_owned(),
            Self::Named(name) => name.to_string(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text {
            BUILT_IN => Some(Self::BuiltIn),
            name => PackName::parse(name).map(Self::Named),
        }
    }
}

impl InUse {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let raw: BTreeMap<String, RawPair> =
            toml::from_str(text).map_err(|error| error.to_string())?;
        let mut roles = BTreeMap::new();
        for (code, pair) in raw {
            let role = Role::parse(&code).ok_or_else(|| format!("unknown role {code:?}"))?;
            let choice = |text: &str| {
                Choice::parse(text).ok_or_else(|| format!("{text:?} is no name of a pack"))
            };
            roles.insert(role, Pair { now: choice(&pair.now)?, before: choice(&pair.before)? });
        }
        Ok(Self { roles })
    }

    pub(super) fn to_text(&self) -> String {
        let mut text = String::from("# Written by `fieldray models use` and `rollback`.\n");
        for (role, pair) in &self.roles {
            let (now, before) = (pair.now.to_text(), pair.before.to_text());
            text.push_str(&format!(
                "\n[{}]\nnow = \"{now}\"\nbefore = \"{before}\"\n",
                role.code()
            ));
        }
        text
    }

    pub(super) fn of(&self, role: Role) -> &Choice {
        self.roles.get(&role).map_or(&Choice::BuiltIn, |pair| &pair.now)
    }

    pub(super) fn choose(&mut self, role: Role, choice: Choice) {
        let now = self.of(role).clone();
        if now != choice {
            self.roles.insert(role, Pair { now: choice, before: now });
        }
    }

    /// Says by name what the built-in pack of a role is, wherever the choice leaves that to the program;
    /// whether it did.
    pub(super) fn pin(&mut self, role: Role, built_in: &PackName) -> bool {
        let open = || Pair { now: Choice::BuiltIn, before: Choice::BuiltIn };
        let pair = self.roles.entry(role).or_insert_with(open);
        let mut changed = false;
        for choice in [&mut pair.now, &mut pair.before] {
            if *choice == Choice::BuiltIn {
                *choice = Choice::Named(built_in.clone());
                changed = true;
            }
        }
        changed
    }

    /// What is named for a role: the pack in use, and the one before.
    pub(super) fn named(&self, role: Role) -> impl Iterator<Item = &PackName> {
        let pair = self.roles.get(&role).map(|pair| [&pair.now, &pair.before]);
        pair.into_iter().flatten().filter_map(|choice| match choice {
            Choice::BuiltIn => None,
            Choice::Named(name) => Some(name),
        })
    }

    /// Exchanges the choice with the one before; `None` when there never was another.
    pub(super) fn roll_back(&mut self, role: Role) -> Option<Choice> {
        let pair = self.roles.get_mut(&role).filter(|pair| pair.now != pair.before)?;
        std::mem::swap(&mut pair.now, &mut pair.before);
        Some(pair.now.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installed(name: &str) -> Choice {
        Choice::Named(PackName::parse(name).unwrap())
    }

    #[test]
    fn what_is_pinned_has_a_name_and_nothing_before_it() {
        let mut in_use = InUse::default();
        let name = PackName::parse("findings@2.0.0").unwrap();
        assert!(in_use.pin(Role::Findings, &name));
        assert!(!in_use.pin(Role::Findings, &PackName::parse("findings@3.0.0").unwrap()));
        assert_eq!(in_use.of(Role::Findings), &installed("findings@2.0.0"));
        assert_eq!(in_use.roll_back(Role::Findings), None);
        in_use.choose(Role::Findings, installed("site@1"));
        assert_eq!(InUse::parse(&in_use.to_text()).unwrap(), in_use);
        assert_eq!(in_use.named(Role::Findings).count(), 2);
        assert_eq!(in_use.roll_back(Role::Findings), Some(installed("findings@2.0.0")));
        assert_eq!(in_use.named(Role::Lungs).count(), 0);
    }

    #[test]
    fn a_choice_reads_back_and_rolls_back() {
        let mut in_use = InUse::default();
        assert_eq!(in_use.roll_back(Role::Findings), None);
        in_use.choose(Role::Findings, installed("site@1"));
        in_use.choose(Role::Findings, installed("site@1"));
        in_use.choose(Role::Findings, installed("site@2"));
        let mut read = InUse::parse(&in_use.to_text()).unwrap();
        assert_eq!(read, in_use);
        assert_eq!(read.roll_back(Role::Findings), Some(installed("site@1")));
        assert_eq!(read.of(Role::Findings), &installed("site@1"));
        assert_eq!(read.of(Role::Lungs), &Choice::BuiltIn);
    }

    #[test]
    fn a_damaged_file_is_refused() {
        for text in ["[finding]\nnow='a@1'\nbefore='a@1'", "[findings]\nnow='../a@1'\nbefore='a@1'"]
        {
            assert!(InUse::parse(text).is_err(), "{text}");
        }
    }
}
