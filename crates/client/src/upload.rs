//! Uploading a file for later messages (contract send 1.7).

use serde::Deserialize;
use serde_json::Value;
use wire::send::upload::Upload;

use crate::call::Call;
use crate::content::{self, Media};
use crate::send::{as_host_reads, fits};
use crate::{Client, Error, answer};

#[derive(Deserialize)]
struct Uploaded {
    attachment_id: String,
}

impl Client {
    /// Uploads a file, by address or from memory, and answers its attachment id, good for 90 days:
    ///
    /// ```no_run
    /// use parlance_client::content::{File, Media, Stored};
    ///
    /// # async fn example(client: parlance_client::Client, png: Vec<u8>) -> Result<(), parlance_client::Error> {
    /// let id = client.upload(Media::image(File::bytes("kettle.png", "image/png", png)).reusable()).await?;
    /// client.send().to("900000000000001").stored(Stored::image(id)).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Invalid`] for a file over its limit, 8 MB for images and 25 MB for the rest, before anything is sent;
    /// [`Error::Graph`] where the host cannot fetch or take it.
    pub async fn upload(&self, media: Media) -> Result<String, Error> {
        let (attachment, file) = media.parts();
        fits(attachment.kind, file.as_ref())?;
        let body = Upload { attachment }.to_json();
        as_host_reads(&body, file.as_ref(), Upload::from_params)?;
        let call = self.post("message_attachments", body, file);
        answer::typed::<Uploaded>("uploaded file", self.call(&call).await?).map(|uploaded| uploaded.attachment_id)
    }

    /// A call of an edge of the node, as JSON, or as a form where a file goes with it.
    pub(crate) fn post(&self, edge: &str, body: Value, file: Option<content::Bytes>) -> Call {
        match file {
            None => Call::post(&[&self.settings.node, &edge], body),
            Some(file) => Call::form(&[&self.settings.node, &edge], body, file),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::content::File;
    use crate::fake::Fake;

    #[tokio::test]
    async fn a_file_is_uploaded_by_address_or_from_memory() {
        let answer = json!({"attachment_id": "990011223344556"});
        let (fake, client) = Fake::answering([answer.clone(), answer]);
        let id = client.upload(Media::video("https://cdn.example.test/v.mp4").reusable()).await.unwrap();
        assert_eq!(id, "990011223344556");
        let payload = json!({"url": "https://cdn.example.test/v.mp4", "is_reusable": true});
        assert_eq!(
            fake.body(),
            json!({"platform": "instagram", "message": {"attachment": {"type": "video", "payload": payload}}})
        );
        client.upload(Media::pdf(File::bytes("a.pdf", "application/pdf", "%PDF-1.7"))).await.unwrap();
        let form = fake.text();
        assert!(form.contains("name=\"platform\"\r\n\r\ninstagram\r\n"), "{form}");
        assert!(form.contains("name=\"message\"\r\n\r\n{\"attachment\":{\"type\":\"file\"}}\r\n"), "{form}");
        assert!(form.contains("filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\r\n"), "{form}");
        assert_eq!(fake.calls(), ["POST me/message_attachments", "POST me/message_attachments"]);
    }

    #[tokio::test]
    async fn a_file_over_its_limit_is_never_sent() {
        let (fake, client) = Fake::answering([]);
        let large = File::bytes("a.png", "image/png", vec![0; (8 << 20) + 1]);
        let why = "image has 8388609 bytes, the limit is 8388608";
        assert!(matches!(client.upload(Media::image(large)).await, Err(Error::Invalid(found)) if found == why));
        assert!(matches!(client.upload(Media::image("a.png")).await, Err(Error::Invalid(_))), "no address");
        assert!(fake.calls().is_empty());
    }
}
