//! What is asked of ModemManager over D-Bus, and what its answers mean. Names and numbers are those of its
//! interface reference, version 1.20.

use std::collections::HashMap;
use std::time::Duration;

use zbus::{Connection, MatchRule, MessageStream, OwnedObjectPath, OwnedVariant, Variant};

use crate::domain::alert::contact::PhoneNumber;
use crate::domain::alert::delivery::SendFault;

const SERVICE: &str = "org.freedesktop.ModemManager1";
const ROOT: &str = "/org/freedesktop/ModemManager1";
const MODEM: &str = "org.freedesktop.ModemManager1.Modem";
const MESSAGING: &str = "org.freedesktop.ModemManager1.Modem.Messaging";
const SMS: &str = "org.freedesktop.ModemManager1.Sms";

/// `MMModemState`.
const STATE_FAILED: i32 = -1;
const STATE_LOCKED: i32 = 2;
const STATE_DISABLED: i32 = 3;
const STATE_REGISTERED: i32 = 8;
/// `MMModemStateFailedReason`: no SIM, or one that answers with errors.
const REASON_SIM: [u32; 2] = [2, 6];
/// `MMSmsState`: all parts are there.
const SMS_RECEIVED: u32 = 3;
/// `MMSmsPduType`.
const PDU_DELIVER: u32 = 1;
const PDU_STATUS_REPORT: u32 = 3;

type Properties = HashMap<String, OwnedVariant>;

/// A connection to the bus.
#[derive(Debug)]
pub(super) struct Bus {
    connection: Connection,
    answer: Duration,
}

/// A modem that ModemManager knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) path: String,
    /// Everything that a site may call it: IMEI, device, port.
    pub(super) names: Vec<String>,
    pub(super) can_send: bool,
    pub(super) standing: Standing,
}

/// How a modem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// In a network.
    Ready,
    /// Switched off by software.
    Disabled,
    /// On its way, or out of reach of any network.
    Searching,
    /// The SIM is missing or wants a PIN.
    Sim,
    /// ModemManager has given it up.
    Failed,
}

impl Standing {
    /// Why nothing can be sent like that.
    pub(super) const fn fault(self) -> Option<SendFault> {
        match self {
            Self::Ready => None,
            Self::Disabled | Self::Searching => Some(SendFault::NoNetwork),
            Self::Sim => Some(SendFault::Sim),
            Self::Failed => Some(SendFault::ModemHung),
        }
    }
}

/// A text message that the modem holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// Somebody wrote.
    Written { from: Option<PhoneNumber>, text: String },
    /// The network's report on a message of ours.
    Reported { to: String, reference: u32, outcome: Option<bool> },
    /// Not all parts are there, or it is one of ours.
    Other,
}

impl Bus {
    /// Connects; every call but sending gives up after that time.
    pub(super) async fn open(address: Option<&str>, answer: Duration) -> Result<Self, SendFault> {
        let builder = match address {
            Some(address) => zbus::connection::Builder::address(address),
            None => zbus::connection::Builder::system(),
        };
        match tokio::time::timeout(answer, builder.build()).await {
            Ok(Ok(connection)) => Ok(Self { connection, answer }),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the system bus does not answer");
                Err(SendFault::NoBus)
            }
            Err(_) => Err(SendFault::NoBus),
        }
    }

    async fn call<B>(
        &self,
        path: &str,
        interface: &str,
        method: &str,
        body: &B,
    ) -> Result<zbus::Message, SendFault>
    where
        B: serde::Serialize + zbus::DynamicType + Sync,
    {
        self.call_within(self.answer, path, interface, method, body).await
    }

    async fn call_within<B>(
        &self,
        limit: Duration,
        path: &str,
        interface: &str,
        method: &str,
        body: &B,
    ) -> Result<zbus::Message, SendFault>
    where
        B: serde::Serialize + zbus::DynamicType + Sync,
    {
        let called =
            self.connection.call_method(Some(SERVICE), path, Some(interface), method, body);
        match tokio::time::timeout(limit, called).await {
            Ok(answer) => answer.map_err(|error| meaning(method, &error)),
            Err(_) => {
                tracing::warn!(method, "ModemManager does not answer");
                Err(SendFault::ModemHung)
            }
        }
    }

    /// Every modem, in the order of their numbers.
    pub(super) async fn modems(&self) -> Result<Vec<Found>, SendFault> {
        type Objects = HashMap<OwnedObjectPath, HashMap<String, Properties>>;
        let manager = "org.freedesktop.DBus.ObjectManager";
        let answer = self.call(ROOT, manager, "GetManagedObjects", &()).await?;
        let objects: Objects = answer.body().deserialize().map_err(|_| SendFault::Garbled)?;
        let modem = |(path, interfaces): (OwnedObjectPath, HashMap<String, Properties>)| {
            let properties = interfaces.get(MODEM)?;
            Some(Found {
                path: path.as_str().to_owned(),
                names: ["EquipmentIdentifier", "DeviceIdentifier", "Device", "PrimaryPort"]
                    .iter()
                    .filter_map(|name| text(properties, name))
                    .collect(),
                can_send: interfaces.contains_key(MESSAGING),
                standing: standing(properties),
            })
        };
        let mut modems: Vec<_> = objects.into_iter().filter_map(modem).collect();
        modems.sort_by(|a, b| (a.path.len(), &a.path).cmp(&(b.path.len(), &b.path)));
        Ok(modems)
    }

    /// Writes a message into the modem; gives its path.
    pub(super) async fn create(
        &self,
        modem: &str,
        to: &PhoneNumber,
        text: &str,
    ) -> Result<String, SendFault> {
        let content: HashMap<&str, Variant<'_>> = HashMap::from([
            ("number", Variant::from(to.as_str())),
            ("text", Variant::from(text)),
            ("delivery-report-request", Variant::from(true)),
        ]);
        let answer = self.call(modem, MESSAGING, "Create", &(content,)).await?;
        let path: OwnedObjectPath = answer.body().deserialize().map_err(|_| SendFault::Garbled)?;
        Ok(path.as_str().to_owned())
    }

    /// Sends a message that was created. ModemManager answers once the network has taken it.
    pub(super) async fn submit(&self, sms: &str, limit: Duration) -> Result<(), SendFault> {
        self.call_within(limit, sms, SMS, "Send", &()).await.map(|_| ())
    }

    /// The number by which the network's report names a message that was sent.
    pub(super) async fn reference(&self, sms: &str) -> Result<u32, SendFault> {
        let properties = self.properties(sms, SMS).await?;
        Ok(number(&properties, "MessageReference").unwrap_or_default())
    }

    /// The messages that the modem holds.
    pub(super) async fn messages(&self, modem: &str) -> Result<Vec<String>, SendFault> {
        let answer = self.call(modem, MESSAGING, "List", &()).await?;
        let paths: Vec<OwnedObjectPath> =
            answer.body().deserialize().map_err(|_| SendFault::Garbled)?;
        Ok(paths.iter().map(|path| path.as_str().to_owned()).collect())
    }

    pub(super) async fn read(&self, sms: &str) -> Result<Held, SendFault> {
        let properties = self.properties(sms, SMS).await?;
        let number = |name| number(&properties, name).unwrap_or(u32::MAX);
        let from = text(&properties, "Number").unwrap_or_default();
        Ok(match (number("PduType"), number("State")) {
            (PDU_DELIVER, SMS_RECEIVED) => Held::Written {
                from: PhoneNumber::parse(&from),
                text: text(&properties, "Text").unwrap_or_default(),
            },
            (PDU_STATUS_REPORT, _) => Held::Reported {
                to: from,
                reference: number("MessageReference"),
                outcome: outcome(number("DeliveryState")),
            },
            _ => Held::Other,
        })
    }

    pub(super) async fn delete(&self, modem: &str, sms: &str) -> Result<(), SendFault> {
        let path = OwnedObjectPath::try_from(sms).map_err(|_| SendFault::Garbled)?;
        self.call(modem, MESSAGING, "Delete", &(path,)).await.map(|_| ())
    }

    pub(super) async fn enable(&self, modem: &str) -> Result<(), SendFault> {
        self.call(modem, MODEM, "Enable", &(true,)).await.map(|_| ())
    }

    pub(super) async fn reset(&self, modem: &str) -> Result<(), SendFault> {
        self.call(modem, MODEM, "Reset", &()).await.map(|_| ())
    }

    /// Gives a sign whenever a message comes in, on any modem.
    pub(super) async fn arrivals(&self) -> Result<MessageStream, SendFault> {
        let rule = MatchRule::builder()
            .msg_type(zbus::message::Type::Signal)
            .interface(MESSAGING)
            .member("Added")
            .build()
            .map_err(|error| meaning("AddMatch", &error))?;
        let stream = MessageStream::for_match_rule(rule, &self.connection, None).await;
        stream.map_err(|error| meaning("AddMatch", &error))
    }

    async fn properties(&self, path: &str, interface: &str) -> Result<Properties, SendFault> {
        let all = "org.freedesktop.DBus.Properties";
        let answer = self.call(path, all, "GetAll", &(interface,)).await?;
        answer.body().deserialize().map_err(|_| SendFault::Garbled)
    }
}

fn number(properties: &Properties, name: &str) -> Option<u32> {
    properties.get(name).and_then(|value| u32::try_from(value).ok())
}

fn text(properties: &Properties, name: &str) -> Option<String> {
    let value = properties.get(name).and_then(|value| <&str>::try_from(value).ok());
    value.filter(|text| !text.is_empty()).map(str::to_owned)
}

fn standing(modem: &Properties) -> Standing {
    let state = modem.get("State").and_then(|value| i32::try_from(value).ok()).unwrap_or(0);
    let sim = number(modem, "StateFailedReason").is_some_and(|why| REASON_SIM.contains(&why));
    match state {
        STATE_FAILED if sim => Standing::Sim,
        STATE_FAILED => Standing::Failed,
        STATE_LOCKED => Standing::Sim,
        STATE_DISABLED => Standing::Disabled,
        STATE_REGISTERED.. => Standing::Ready,
        _ => Standing::Searching,
    }
}

/// What a report says (`MMSmsDeliveryState`, the TP-Status of 3GPP TS 23.040 9.2.3.15): up to 0x1f it is
/// on the phone, up to 0x3f the network goes on trying, up to 0x7f it has given up.
fn outcome(state: u32) -> Option<bool> {
    match state {
        0..=0x1f => Some(true),
        0x40..=0x7f => Some(false),
        _ => None,
    }
}

/// What an error means. Its text is not logged: it may hold a telephone number.
fn meaning(method: &str, error: &zbus::Error) -> SendFault {
    use zbus::fdo::Error as Fdo;
    let (name, fault) = match error {
        zbus::Error::MethodError(name, _, _) => (name.as_str(), by_name(name.as_str())),
        zbus::Error::FDO(fdo) => match &**fdo {
            Fdo::NoReply(_) | Fdo::Timeout(_) | Fdo::TimedOut(_) => {
                ("no reply", SendFault::ModemHung)
            }
            Fdo::UnknownObject(_) | Fdo::UnknownInterface(_) | Fdo::UnknownMethod(_) => {
                ("no such object", SendFault::NoModem)
            }
            _ => ("refused by the bus", SendFault::NoBus),
        },
        _ => ("no connection", SendFault::NoBus),
    };
    tracing::warn!(method, error = name, "ModemManager did not do what was asked");
    fault
}

/// Names of ModemManager's own errors.
fn by_name(name: &str) -> SendFault {
    let name = name.strip_prefix("org.freedesktop.ModemManager1.Error.").unwrap_or(name);
    let (domain, what) = name.split_once('.').unwrap_or(("", name));
    match (domain, what) {
        (_, what) if what.starts_with("Sim") || what.starts_with("PhSim") => SendFault::Sim,
        (_, "SmscAddressUnknown") => SendFault::Sim,
        (_, "NoNetwork" | "NetworkTimeout" | "NetworkNotAllowed") => SendFault::NoNetwork,
        ("Core", "WrongState") => SendFault::NoNetwork,
        ("Core", "InvalidArgs" | "Unsupported")
        | ("Message", "InvalidPduParameter" | "InvalidTextParameter" | "NotSupported") => {
            SendFault::Refused
        }
        ("Core", "NotFound") => SendFault::NoModem,
        ("Core", "Cancelled" | "Aborted" | "Timeout") | ("Serial", _) => SendFault::ModemHung,
        (_, "Unauthorized") => SendFault::NoBus,
        _ => SendFault::Garbled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_read_as_the_standard_has_them() {
        for (state, expected) in [
            (0, Some(true)),
            (2, Some(true)),
            (0x20, None),
            (0x30, None),
            (0x41, Some(false)),
            (0x46, Some(false)),
            (0x61, Some(false)),
            (0x100, None),
            (u32::MAX, None),
        ] {
            assert_eq!(outcome(state), expected, "{state:#x}");
        }
    }

    #[test]
    fn modems_stand_as_modemmanager_says() {
        let at = |state: i32, why: u32| {
            let value = |value: Variant<'static>| OwnedVariant::try_from(value).unwrap();
            standing(&HashMap::from([
                ("State".to_owned(), value(state.into())),
                ("StateFailedReason".to_owned(), value(why.into())),
            ]))
        };
        assert_eq!(at(-1, 0), Standing::Failed);
        assert_eq!(at(-1, 2), Standing::Sim);
        assert_eq!(at(2, 0), Standing::Sim);
        assert_eq!(at(3, 0), Standing::Disabled);
        assert_eq!(at(7, 0), Standing::Searching);
        assert_eq!(at(8, 0), Standing::Ready);
        assert_eq!(at(11, 0), Standing::Ready);
        assert_eq!(standing(&HashMap::new()), Standing::Searching);
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let name = |rest: &str| by_name(&format!("org.freedesktop.ModemManager1.Error.{rest}"));
        assert_eq!(name("MobileEquipment.SimNotInserted"), SendFault::Sim);
        assert_eq!(name("Message.SimPin"), SendFault::Sim);
        assert_eq!(name("Message.NoNetwork"), SendFault::NoNetwork);
        assert_eq!(name("Message.InvalidPduParameter"), SendFault::Refused);
        assert_eq!(name("Serial.ResponseTimeout"), SendFault::ModemHung);
        assert_eq!(name("Core.WrongState"), SendFault::NoNetwork);
        assert_eq!(name("Message.Unknown"), SendFault::Garbled);
    }
}
