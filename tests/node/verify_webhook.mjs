// Verifies a webhook with the library that partners use.
// Standard input: {"secret", "headers", "body" in base64}; prints {"verified": true|false}.
import { text } from "node:stream/consumers";
import { Webhook, WebhookVerificationError } from "standardwebhooks";

const { secret, headers, body } = JSON.parse(await text(process.stdin));
let verified = true;
try {
  new Webhook(secret).verify(Buffer.from(body, "base64").toString("utf8"), headers);
} catch (error) {
  if (!(error instanceof WebhookVerificationError)) throw error;
  verified = false;
}
console.log(JSON.stringify({ verified }));
