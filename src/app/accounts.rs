//! The accounts of the people who work with the box.

use crate::app::access::{new_secret, verify};
use crate::app::{App, Attendance, random};
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::login::{Account, AccountChange, Passcode, SessionId, SessionRow};
use crate::domain::people::{Operator, PersonName, Role};
use crate::domain::rights::Right;
use crate::locale::Language;
use crate::store::StoreError;

impl App {
    /// The accounts of people who may log in, for the login page.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn people(&self) -> Result<Vec<Account>, Fault> {
        let mut accounts = self.blocking(|inner| inner.store.accounts()).await?;
        accounts.retain(|account| account.active);
        Ok(accounts)
    }

    /// All accounts, closed ones too.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] without [`Right::ManagePeople`].
    pub async fn accounts(&self, by: &Operator) -> Result<Vec<Account>, Fault> {
        by.needs(Right::ManagePeople)?;
        self.blocking(|inner| inner.store.accounts()).await
    }

    /// Adds an account. Its owner replaces the passcode at the first login, so that nobody else knows
    /// what stands for the owner's signature.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] without [`Right::ManagePeople`]; [`Fault::NameTaken`].
    pub async fn add_operator(
        &self,
        by: &Operator,
        name: PersonName,
        passcode: Passcode,
        role: Role,
    ) -> Result<OperatorId, Fault> {
        by.needs(Right::ManagePeople)?;
        let (by, now) = (by.id, self.now());
        let id = OperatorId::from_bytes(random::bytes()?);
        let salt = random::bytes()?;
        self.blocking(move |inner| {
            let secret = new_secret(&passcode, &salt, true)?;
            let operator = Operator { id, name, role };
            inner.store.add_operator(Some(by), &operator, &secret, now)?;
            Ok(id)
        })
        .await
    }

    /// Changes somebody else's account.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] without [`Right::ManagePeople`], [`Fault::OwnAccount`],
    /// [`Fault::NameTaken`], [`Fault::PersonUnknown`].
    pub async fn change_account(
        &self,
        by: &Operator,
        whom: OperatorId,
        change: AccountChange,
    ) -> Result<(), Fault> {
        by.needs(Right::ManagePeople)?;
        let (by, now) = (by.id, self.now());
        let salt = random::bytes()?;
        self.blocking(move |inner| {
            let secret = match &change {
                AccountChange::Reset(passcode) => Some(new_secret(passcode, &salt, true)?),
                _ => None,
            };
            inner.store.change_account(by, whom, &change, secret.as_ref(), now)
        })
        .await
    }

    /// Replaces one's own passcode, and ends one's other sessions.
    ///
    /// # Errors
    /// [`Fault::PasscodeSame`] when it is the one in force.
    pub async fn choose_passcode(
        &self,
        session: &Attendance,
        passcode: Passcode,
    ) -> Result<(), Fault> {
        let (whom, here, now) = (session.operator.id, session.id, self.now());
        let salt = random::bytes()?;
        self.blocking(move |inner| {
            let before = inner.store.operator_secret(whom)?;
            if before.is_some_and(|before| verify(&passcode, &before.hash)) {
                return Err(StoreError::Refused(Fault::PasscodeSame));
            }
            let secret = new_secret(&passcode, &salt, false)?;
            inner.store.set_passcode(whom, &secret, here, now)
        })
        .await
    }

    /// The sessions of a person: one's own, or with [`Right::ManagePeople`] anybody's.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`].
    pub async fn sessions(
        &self,
        by: &Operator,
        whose: OperatorId,
    ) -> Result<Vec<SessionRow>, Fault> {
        if whose != by.id {
            by.needs(Right::ManagePeople)?;
        }
        self.blocking(move |inner| inner.store.sessions(Some(whose))).await
    }

    /// Ends a session: one's own, or with [`Right::ManagePeople`] anybody's.
    ///
    /// # Errors
    /// When the database fails. A session that is over already is no error.
    pub async fn end_session(&self, by: &Operator, id: SessionId) -> Result<(), Fault> {
        let whose = (!by.role.may(Right::ManagePeople)).then_some(by.id);
        let (by, now) = (by.id, self.now());
        self.blocking(move |inner| inner.store.end_session(id, whose, by, now)).await?;
        Ok(())
    }

    /// The language that a person chose, on whichever phone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn language_of(&self, whom: OperatorId) -> Result<Option<Language>, Fault> {
        let code = self.blocking(move |inner| inner.store.language_of(whom)).await?;
        Ok(code.as_deref().and_then(Language::parse))
    }

    /// Remembers the language that a person chose.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_language(&self, whom: OperatorId, language: Language) -> Result<(), Fault> {
        self.blocking(move |inner| inner.store.set_language(whom, language.code())).await
    }
}
