// A real OpenID Connect provider (oidc-provider) on this machine, that can also be made to lie. Whoever signs in says who they are: their name there is
// the claim `sub`.
import { createServer } from "node:http";
import * as jose from "jose";
import Provider from "oidc-provider";

const client = { client_id: "interlocal", client_secret: "a-secret-for-tests-only-0123456789" };

// Starts it at an address such as "http://localhost:4000", for the workplace at `origin`.
export async function startProvider(issuer, origin) {
  let keys;
  let provider;
  // What the next ID tokens are turned into: a function of claims, header and key.
  let lie = null;

  async function renew() {
    const { privateKey } = await jose.generateKeyPair("RS256", { extractable: true });
    keys = { key: privateKey, jwk: { ...(await jose.exportJWK(privateKey)), alg: "RS256", use: "sig", kid: crypto.randomUUID() } };
    provider = new Provider(issuer, {
      clients: [{ ...client, redirect_uris: [`${origin}/sign-in/callback`], post_logout_redirect_uris: [`${origin}/sign-in`] }],
      cookies: { keys: ["only for tests"] },
      findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
      jwks: { keys: [keys.jwk] },
      pkce: { required: () => true },
      ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
    });
    provider.use(async (context, next) => {
      await next();
      if (lie && context.path === "/token" && context.body?.id_token) context.body.id_token = await lie(context.body.id_token);
    });
  }

  await renew();
  const server = createServer((request, response) => provider.callback()(request, response));
  await new Promise((resolve) => server.listen(Number(new URL(issuer).port), "127.0.0.1", resolve));
  const signed = (claims, { alg = "RS256", kid = keys.jwk.kid, key = keys.key } = {}) => new jose.SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key);
  const changed = (change) => (token) => signed(change(jose.decodeJwt(token)));
  return {
    // With new keys from now on, as a provider does now and then.
    renew,
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
    truth: () => (lie = null),
    // Every way in which a token may be wrong, by name.
    lies: {
      "for another client": changed((claims) => ({ ...claims, aud: "somebody-else" })),
      "for another client too": changed((claims) => ({ ...claims, aud: [client.client_id, "somebody-else"] })),
      "of another issuer": changed((claims) => ({ ...claims, iss: "http://localhost:1" })),
      "over": changed((claims) => ({ ...claims, iat: claims.iat - 7200, exp: claims.exp - 7200 })),
      "for another sign-in": changed((claims) => ({ ...claims, nonce: "another" })),
      "without a nonce": changed(({ nonce, ...claims }) => claims),
      "with other claims under the same signature": (token) => {
        const [head, , mark] = token.split(".");
        return [head, jose.base64url.encode(JSON.stringify({ ...jose.decodeJwt(token), sub: "seoul-head" })), mark].join(".");
      },
      "signed with another key": async (token) => signed(jose.decodeJwt(token), { key: (await jose.generateKeyPair("RS256")).privateKey }),
      "signed with the secret that we share": (token) => signed(jose.decodeJwt(token), { alg: "HS256", key: new TextEncoder().encode(client.client_secret) }),
      "not signed": (token) => new jose.UnsecuredJWT(jose.decodeJwt(token)).encode(),
      "no token at all": () => "<script>alert(1)</script>",
    },
    lie: (made) => (lie = made),
  };
}
