//! C-STORE and C-ECHO (PS3.7 sections 9.1.1 and 9.1.5): one association for each object.

use std::time::Duration;

use dicom_core::value::PrimitiveValue;
use dicom_core::{DataElement, Tag, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;
use dicom_transfer_syntax_registry::entries::IMPLICIT_VR_LITTLE_ENDIAN;
use dicom_ul::Pdu;
use dicom_ul::association::Error;
use dicom_ul::association::client::{AsyncClientAssociation, ClientAssociationOptions};
use dicom_ul::pdu::{AssociationRJSource, PDataValue, PDataValueType};
use tokio::net::TcpStream;

use super::{CStoreSettings, PacsFault, Sent};
use crate::domain::pacs::{Answer, Refusal};
use crate::wire::dicom::DicomObject;

/// How long a connection may take to come up.
const CONNECT_MAX: Duration = Duration::from_secs(30);
/// How long nothing may arrive, or leave, before an association counts as lost.
const SILENCE_MAX: Duration = Duration::from_secs(120);
/// Most bytes of a fragment, however much the other side would take.
const FRAGMENT_BYTES_MAX: usize = 64 * 1024;
/// Bytes of a fragment's head: length, presentation context, control (PS3.8 section 9.3.5.1).
const FRAGMENT_HEAD_BYTES: usize = 6;
/// Longest command that comes back, bytes.
const COMMAND_BYTES_MAX: usize = 64 * 1024;

/// Command fields (PS3.7 annex E).
const C_STORE_RQ: u16 = 0x0001;
const C_ECHO_RQ: u16 = 0x0030;
/// A command that no data set follows, and one that one follows.
const NO_DATASET: u16 = 0x0101;
const DATASET: u16 = 0x0000;

type Association = AsyncClientAssociation<TcpStream>;

/// Sends one object.
pub(super) async fn send(
    settings: &CStoreSettings,
    object: &DicomObject,
) -> Result<Sent, PacsFault> {
    let mut association = match associate(settings, object.class).await {
        Ok(association) => association,
        // The PACS speaks, and has no use for this kind of object.
        Err(Error::NoAcceptedPresentationContexts { .. }) => {
            return Ok(Sent::Refused(Refusal::of("kind of object not accepted")));
        }
        Err(error) => return Err(fault(&error)),
    };
    let mut command = command(C_STORE_RQ, DATASET, object.class);
    put(&mut command, tags::PRIORITY, PrimitiveValue::from(0_u16));
    let instance = PrimitiveValue::from(object.uid.as_str());
    command.push(DataElement::new(tags::AFFECTED_SOP_INSTANCE_UID, VR::UI, instance));
    let status = exchange(&mut association, command, object.dataset()).await?;
    close(association).await;
    match Answer::of_status(status) {
        Answer::Stored => Ok(Sent::Stored),
        Answer::Refused(why) => Ok(Sent::Refused(why)),
        Answer::Busy => Err(PacsFault::Busy { wait_ms: None }),
        Answer::NotAllowed => Err(PacsFault::Forbidden),
    }
}

/// Whether the PACS answers to this box.
pub(super) async fn echo(settings: &CStoreSettings) -> Result<(), PacsFault> {
    let mut association =
        associate(settings, uids::VERIFICATION).await.map_err(|error| fault(&error))?;
    let command = command(C_ECHO_RQ, NO_DATASET, uids::VERIFICATION);
    let status = exchange(&mut association, command, &[]).await?;
    close(association).await;
    if status == 0 { Ok(()) } else { Err(PacsFault::BadAnswer) }
}

async fn associate(settings: &CStoreSettings, class: &'static str) -> Result<Association, Error> {
    ClientAssociationOptions::new()
        .calling_ae_title(settings.calling.as_str())
        .called_ae_title(settings.called.as_str())
        .with_presentation_context(class, vec![uids::EXPLICIT_VR_LITTLE_ENDIAN])
        .connection_timeout(CONNECT_MAX)
        .read_timeout(SILENCE_MAX)
        .write_timeout(SILENCE_MAX)
        .establish_async((settings.host.as_str(), settings.port))
        .await
}

/// A goodbye that fails changes nothing: the answer is there.
async fn close(association: Association) {
    if let Err(error) = association.release().await {
        tracing::debug!(%error, "the association was not released");
    }
}

fn command(field: u16, dataset: u16, class: &str) -> Vec<DataElement<InMemDicomObject>> {
    let mut elements =
        vec![DataElement::new(tags::AFFECTED_SOP_CLASS_UID, VR::UI, PrimitiveValue::from(class))];
    put(&mut elements, tags::COMMAND_FIELD, PrimitiveValue::from(field));
    put(&mut elements, tags::MESSAGE_ID, PrimitiveValue::from(1_u16));
    put(&mut elements, tags::COMMAND_DATA_SET_TYPE, PrimitiveValue::from(dataset));
    elements
}

fn put(elements: &mut Vec<DataElement<InMemDicomObject>>, tag: Tag, value: PrimitiveValue) {
    elements.push(DataElement::new(tag, VR::US, value));
}

/// Sends a command with its data set; gives the status of the answer.
async fn exchange(
    association: &mut Association,
    command: Vec<DataElement<InMemDicomObject>>,
    dataset: &[u8],
) -> Result<u16, PacsFault> {
    // The library hands back only contexts that were accepted.
    let context = association.presentation_contexts().first().ok_or(PacsFault::BadAnswer)?.id;
    let mut bytes = Vec::new();
    InMemDicomObject::command_from_element_iter(command)
        .write_dataset_with_ts(&mut bytes, &IMPLICIT_VR_LITTLE_ENDIAN.erased())
        .map_err(|error| PacsFault::SetUp(error.to_string()))?;
    send_all(association, context, PDataValueType::Command, &bytes).await?;
    send_all(association, context, PDataValueType::Data, dataset).await?;
    let answer = receive_command(association).await?;
    let answer = InMemDicomObject::read_dataset_with_ts(
        answer.as_slice(),
        &IMPLICIT_VR_LITTLE_ENDIAN.erased(),
    );
    let answer = answer.map_err(|_| PacsFault::BadAnswer)?;
    let status = answer.get(tags::STATUS).and_then(|status| status.to_int::<u16>().ok());
    status.ok_or(PacsFault::BadAnswer)
}

/// Sends bytes in fragments that the other side takes.
async fn send_all(
    association: &mut Association,
    context: u8,
    kind: PDataValueType,
    bytes: &[u8],
) -> Result<(), PacsFault> {
    let most = usize::try_from(association.acceptor_max_pdu_length()).unwrap_or(usize::MAX);
    let most = most.min(FRAGMENT_BYTES_MAX).saturating_sub(FRAGMENT_HEAD_BYTES).max(1);
    let mut pieces = bytes.chunks(most).peekable();
    while let Some(piece) = pieces.next() {
        let value = PDataValue {
            presentation_context_id: context,
            value_type: kind.clone(),
            is_last: pieces.peek().is_none(),
            data: piece.to_vec(),
        };
        let sent = association.send(&Pdu::PData { data: vec![value] }).await;
        sent.map_err(|error| fault(&error))?;
    }
    Ok(())
}

async fn receive_command(association: &mut Association) -> Result<Vec<u8>, PacsFault> {
    let mut command = Vec::new();
    loop {
        let pdu = association.receive().await.map_err(|error| fault(&error))?;
        let Pdu::PData { data } = pdu else {
            // An abort in the place of an answer.
            return Err(PacsFault::Busy { wait_ms: None });
        };
        for value in data.into_iter().filter(|one| one.value_type == PDataValueType::Command) {
            if command.len() + value.data.len() > COMMAND_BYTES_MAX {
                return Err(PacsFault::BadAnswer);
            }
            command.extend_from_slice(&value.data);
            if value.is_last {
                return Ok(command);
            }
        }
    }
}

fn fault(error: &Error) -> PacsFault {
    tracing::debug!(%error, "the association with the PACS failed");
    match error {
        Error::Rejected { association_rj, .. } => match association_rj.source {
            AssociationRJSource::ServiceUser(_) => PacsFault::NotAllowed,
            AssociationRJSource::ServiceProviderASCE(_)
            | AssociationRJSource::ServiceProviderPresentation(_) => {
                PacsFault::Busy { wait_ms: None }
            }
        },
        Error::Aborted { .. } => PacsFault::Busy { wait_ms: None },
        Error::NoAcceptedPresentationContexts { .. } => PacsFault::NotAllowed,
        Error::UnexpectedPdu { .. }
        | Error::UnknownPdu { .. }
        | Error::ReceivePdu { .. }
        | Error::ProtocolVersionMismatch { .. } => PacsFault::BadAnswer,
        _ => PacsFault::Unreachable,
    }
}
