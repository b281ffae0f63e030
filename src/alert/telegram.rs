//! Telegram: messages with buttons out; taps, pairing codes and what happens to groups in.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use teloxide::payloads::{
    AnswerCallbackQuerySetters as _, EditMessageCaptionSetters as _, EditMessageTextSetters as _,
    GetUpdatesSetters as _, SendPhotoSetters as _,
};
use teloxide::requests::Requester as _;
use teloxide::types::{
    CallbackQuery, ChatId as TelegramChat, InlineKeyboardButton, InlineKeyboardMarkup, InputFile,
    Message, MessageId, Update, UpdateKind,
};
use teloxide::{ApiError, Bot, RequestError};

use crate::alert::{Buttons, ChannelError, Incoming, Outgoing, TelegramSettings, http};
use crate::domain::alert::AlertNumber;
use crate::domain::alert::contact::{Address, ChatId};
use crate::domain::alert::delivery::{FailedTry, SendFault};
use crate::domain::alert::group::{GroupTitle, Standing};

/// How long Telegram holds a request for updates open when there are none, seconds.
const POLL_S: u32 = 25;
/// How long any request may take, seconds; longer than a poll.
const REQUEST_S: u64 = 40;
const CONNECT_S: u64 = 10;
/// Longest text that may be a pairing code, bytes.
const CODE_BYTES_MAX: usize = 32;
/// What stands before the name of a message whose text is the caption of a picture.
const PICTURE: char = 'p';

/// The bot of a site.
pub struct Telegram {
    bot: Bot,
    /// Groups that were found to have another number, until that is stored.
    moved: Mutex<Vec<(ChatId, ChatId)>>,
}

impl std::fmt::Debug for Telegram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Telegram(…)")
    }
}

/// Updates, and the offset from which the next ones are asked for. It is stored with what they said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Updates {
    /// What came in, oldest first.
    pub incoming: Vec<Tapped>,
    /// Where to go on.
    pub next_offset: i32,
}

/// Something that came in, with what has to be answered so that the phone stops waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tapped {
    /// What.
    pub incoming: Incoming,
    /// Number of the tap; `None`: a message.
    pub tap: Option<String>,
    /// It happened where several people read.
    pub in_group: bool,
}

impl Telegram {
    /// Reads the token. Nothing is asked of Telegram yet.
    pub(super) fn open(settings: &TelegramSettings) -> Result<Self, ChannelError> {
        let token = http::secret(&settings.token_file)?;
        let address = || ChannelError::Address(settings.api_url.clone());
        let url = reqwest::Url::parse(&settings.api_url).map_err(|_| address())?;
        if !matches!(url.scheme(), "http" | "https") || url.cannot_be_a_base() {
            return Err(address());
        }
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(CONNECT_S))
            .timeout(Duration::from_secs(REQUEST_S))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| ChannelError::Client(error.to_string()))?;
        let bot = Bot::with_client(token, client).set_api_url(url);
        Ok(Self { bot, moved: Mutex::default() })
    }

    /// Sends a message. A group that has become a supergroup is followed there at once.
    ///
    /// # Errors
    /// A [`FailedTry`].
    pub async fn send(&self, to: ChatId, message: &Outgoing) -> Result<String, FailedTry> {
        match self.send_once(TelegramChat(to.0), message).await {
            Ok(sent) => Ok(receipt(None, &sent)),
            Err(RequestError::MigrateToChatId(new)) => {
                let moved = (to, ChatId(new.0));
                self.moved.lock().unwrap_or_else(PoisonError::into_inner).push(moved);
                let sent = self.send_once(new, message).await.map_err(failed)?;
                Ok(receipt(Some(new), &sent))
            }
            Err(error) => Err(failed(error)),
        }
    }

    async fn send_once(
        &self,
        to: TelegramChat,
        message: &Outgoing,
    ) -> Result<Message, RequestError> {
        let buttons = message.alert.as_ref();
        if let Some(picture) = &message.picture {
            let file = InputFile::memory(picture.clone()).file_name("film.jpg");
            let mut request = self.bot.send_photo(to, file).caption(&message.text);
            request.reply_markup = buttons.map(|buttons| keyboard(buttons, true).into());
            match request.await {
                // The picture is not taken, whatever is wrong with it: the words are what matters.
                Err(RequestError::Api(error)) if fault_of(&error) == SendFault::Garbled => {
                    tracing::warn!(%error, "Telegram refused a picture");
                }
                done => return done,
            }
        }
        match self.send_text(to, message, true).await {
            // Telegram takes no address that it finds odd: better no "Open" than no alert.
            Err(RequestError::Api(error))
                if fault_of(&error) == SendFault::Garbled
                    && buttons.is_some_and(|buttons| buttons.open.is_some()) =>
            {
                tracing::warn!(%error, "Telegram refused a message with a link");
                self.send_text(to, message, false).await
            }
            done => done,
        }
    }

    async fn send_text(
        &self,
        to: TelegramChat,
        message: &Outgoing,
        link: bool,
    ) -> Result<Message, RequestError> {
        let mut request = self.bot.send_message(to, &message.text);
        request.reply_markup = message.alert.as_ref().map(|one| keyboard(one, link).into());
        request.await
    }

    /// Groups that were found to have another number: from, to.
    pub fn take_moved(&self) -> Vec<(ChatId, ChatId)> {
        std::mem::take(&mut *self.moved.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes another text in place of one that was sent, and takes its buttons away.
    ///
    /// # Errors
    /// A [`FailedTry`]; a text that is there already is none.
    pub async fn edit(&self, chat: ChatId, receipt: &str, text: &str) -> Result<(), FailedTry> {
        let (picture, rest) = match receipt.strip_prefix(PICTURE) {
            Some(rest) => (true, rest),
            None => (false, receipt),
        };
        // A message that followed its group has the chat in front.
        let (chat, id) = match rest.split_once(':') {
            Some((chat, id)) => (chat.parse().ok(), id),
            None => (Some(chat.0), rest),
        };
        let (Some(chat), Ok(id)) = (chat, id.parse()) else {
            return Err(SendFault::Refused.into());
        };
        let (chat, id, none) = (TelegramChat(chat), MessageId(id), InlineKeyboardMarkup::default());
        let edited = if picture {
            let request = self.bot.edit_message_caption(chat, id).caption(text);
            request.reply_markup(none).await
        } else {
            self.bot.edit_message_text(chat, id, text).reply_markup(none).await
        };
        match edited {
            Ok(_) | Err(RequestError::Api(ApiError::MessageNotModified)) => Ok(()),
            // Too old, deleted, or anything else that Telegram says of this one message: it stays as it is.
            Err(RequestError::Api(error)) if fault_of(&error) == SendFault::Garbled => {
                tracing::warn!(%error, "Telegram refused a change");
                Err(SendFault::Refused.into())
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// Stops the phone's waiting after a tap, with a word.
    ///
    /// # Errors
    /// A [`FailedTry`].
    pub async fn answer_tap(&self, tap: &str, text: &str) -> Result<(), FailedTry> {
        let id = teloxide::types::CallbackQueryId(tap.to_owned());
        self.bot.answer_callback_query(id).text(text).await.map(|_| ()).map_err(failed)
    }

    /// The bot's number, which stays when its token changes.
    #[must_use]
    pub fn number(&self) -> &str {
        self.bot.token().split(':').next().unwrap_or_default()
    }

    /// The bot's name, to be told to people who pair; asks whether the token is good, too.
    ///
    /// # Errors
    /// A [`FailedTry`].
    pub async fn name(&self) -> Result<String, FailedTry> {
        let me = self.bot.get_me().await.map_err(failed)?;
        Ok(me.user.username.unwrap_or(me.user.first_name))
    }

    /// Waits for what comes in, for half a minute at most.
    ///
    /// # Errors
    /// A [`FailedTry`].
    pub async fn updates(&self, offset: i32) -> Result<Updates, FailedTry> {
        let updates = self.bot.get_updates().offset(offset).timeout(POLL_S).await;
        let updates: Vec<Update> = updates.map_err(failed)?;
        let last = updates.iter().map(|update| update.id.0).max();
        let next = last.map_or(offset, |last| i32::try_from(last).unwrap_or(i32::MAX - 1) + 1);
        Ok(Updates { incoming: updates.into_iter().filter_map(read).collect(), next_offset: next })
    }
}

/// What we call a message that was sent: its number, with what it takes to change it.
fn receipt(moved: Option<TelegramChat>, sent: &Message) -> String {
    let picture = if sent.photo().is_some() { PICTURE.to_string() } else { String::new() };
    let chat = moved.map_or_else(String::new, |chat| format!("{}:", chat.0));
    format!("{picture}{chat}{}", sent.id.0)
}

fn keyboard(buttons: &Buttons, link: bool) -> InlineKeyboardMarkup {
    let tap = |word: &str, what: &str| {
        InlineKeyboardButton::callback(word, format!("{what}:{}", buttons.number))
    };
    let mut rows = vec![vec![tap(&buttons.acknowledge, "ack"), tap(&buttons.pass_on, "pass")]];
    if let Some((word, address)) = buttons.open.as_ref().filter(|_| link)
        && let Ok(url) = reqwest::Url::parse(address)
    {
        rows.push(vec![InlineKeyboardButton::url(word, url)]);
    }
    InlineKeyboardMarkup::new(rows)
}

/// What an update says; `None`: nothing for us. Everything but codes that is written in a group is for
/// the people there.
fn read(update: Update) -> Option<Tapped> {
    let said = |incoming, in_group| Some(Tapped { incoming, tap: None, in_group });
    match update.kind {
        UpdateKind::CallbackQuery(tap) => Some(read_tap(&tap)),
        UpdateKind::Message(message) if message.chat.is_private() => {
            let chat = ChatId(message.chat.id.0);
            let text = message.text().unwrap_or_default().trim();
            // "/start CODE" is what a link to the bot sends.
            let code = text.strip_prefix("/start").unwrap_or(text).trim();
            let incoming = if code.is_empty() || code.len() > CODE_BYTES_MAX {
                Incoming::Other { from: Address::Chat(chat) }
            } else {
                Incoming::Pair { chat, code: code.to_owned() }
            };
            said(incoming, false)
        }
        UpdateKind::Message(message) => said(read_group_message(&message)?, true),
        UpdateKind::MyChatMember(change) if !change.chat.is_private() => {
            let standing =
                if change.new_chat_member.kind.is_present() { Standing::In } else { Standing::Out };
            said(Incoming::Membership { chat: ChatId(change.chat.id.0), standing }, true)
        }
        _ => None,
    }
}

fn read_group_message(message: &Message) -> Option<Incoming> {
    let chat = ChatId(message.chat.id.0);
    if let Some(to) = message.migrate_to_chat_id() {
        return Some(Incoming::Moved { from: chat, to: ChatId(to.0) });
    }
    if let Some(from) = message.migrate_from_chat_id() {
        return Some(Incoming::Moved { from: ChatId(from.0), to: chat });
    }
    // "/start@bot CODE" is what a link for groups sends; "/pair CODE" is what people write.
    let (command, code) = message.text()?.trim().split_once(' ')?;
    let command = command.split('@').next().unwrap_or_default();
    let code = code.trim();
    let fits = matches!(command, "/start" | "/pair") && (1..=CODE_BYTES_MAX).contains(&code.len());
    fits.then(|| Incoming::PairGroup {
        chat,
        title: GroupTitle::of(message.chat.title().unwrap_or_default()),
        code: code.to_owned(),
    })
}

fn read_tap(tap: &CallbackQuery) -> Tapped {
    // The person who tapped counts, not the chat: in a group several people see the buttons.
    let from = Address::Chat(ChatId(i64::try_from(tap.from.id.0).unwrap_or_default()));
    let said = tap.data.as_deref().and_then(|data| data.split_once(':'));
    let number = said.and_then(|(_, number)| number.parse().ok()).map(AlertNumber);
    let incoming = match (said.map(|(what, _)| what), number) {
        (Some("ack"), Some(number)) => Incoming::Acknowledge { from, number },
        (Some("pass"), Some(number)) => Incoming::PassOn { from, number },
        _ => Incoming::Other { from },
    };
    let in_group = tap.message.as_ref().is_some_and(|message| !message.chat().is_private());
    Tapped { incoming, tap: Some(tap.id.0.clone()), in_group }
}

fn failed(error: RequestError) -> FailedTry {
    match error {
        RequestError::RetryAfter(wait) => FailedTry {
            fault: SendFault::Busy,
            retry_after_ms: Some(u64::from(wait.seconds()) * 1000),
        },
        RequestError::MigrateToChatId(_) => SendFault::NoSuchReceiver.into(),
        RequestError::Api(error) => {
            let fault = fault_of(&error);
            if fault == SendFault::Garbled {
                tracing::warn!(%error, "Telegram refused a request");
            }
            fault.into()
        }
        RequestError::InvalidJson { .. } => SendFault::Garbled.into(),
        RequestError::Network(error) => http::unanswered(&error).into(),
        RequestError::Io(_) => SendFault::Unreachable.into(),
    }
}

/// What a refusal means.
fn fault_of(error: &ApiError) -> SendFault {
    match error {
        ApiError::BotBlocked
        | ApiError::ChatNotFound
        | ApiError::UserNotFound
        | ApiError::UserDeactivated
        | ApiError::BotKicked
        | ApiError::BotKickedFromSupergroup
        | ApiError::BotKickedFromChannel
        | ApiError::GroupDeactivated
        | ApiError::CantInitiateConversation => SendFault::NoSuchReceiver,
        ApiError::InvalidToken => SendFault::Unauthorised,
        // Telegram's words change; "Forbidden" stays: the bot may not write there.
        ApiError::Unknown(text) if text.starts_with("Forbidden") => SendFault::NoSuchReceiver,
        ApiError::Unknown(text)
            if ["Internal Server Error", "Bad Gateway", "Gateway Timeout"].contains(&&**text) =>
        {
            SendFault::ServerError
        }
        ApiError::Unknown(text) if text.contains("not enough rights") => SendFault::Refused,
        // Unknown answers may be a hiccup of the service: only what is known to be final is final.
        _ => SendFault::Garbled,
    }
}
