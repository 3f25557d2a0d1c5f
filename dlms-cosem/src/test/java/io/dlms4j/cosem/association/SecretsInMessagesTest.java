package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whatever fails, no word of it holds a key. */
class SecretsInMessagesTest {
  /** Octets of a key that would already be too much of it, and are in no text by chance. */
  private static final int FRAGMENT = 8;

  private final List<String> texts = new ArrayList<>();
  private final List<Octets> secrets = new ArrayList<>();

  /** Remembers what it gave: dedicated keys and wrapped ones are made of it. */
  private final class Recording extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] octets) {
      super.nextBytes(octets);
      // Challenges are no secrets; here they have another length than keys.
      if (octets.length == 16) {
        secrets.add(Octets.copyOf(octets));
      }
    }
  }

  private void show(Object... all) {
    for (Object each : all) {
      texts.add(each.toString());
    }
  }

  private void keep(KeyRing ring) {
    for (KeyMaterial key :
        new KeyMaterial[] {
          ring.unicastKey(),
          ring.broadcastKey(),
          ring.authenticationKey(),
          ring.masterKey(),
          ring.hlsSecret()
        }) {
      secrets.add(Objects.requireNonNull(key).export());
      texts.add(key.toString());
    }
    texts.add(ring.toString());
  }

  private SecuredPair pair(HlsMechanism by, KeyKind key) {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    pair.policy = new SecurityPolicy(SecuredPair.BOTH, SecuredPair.BOTH);
    ClientSecurity client =
        pair.clientSecurity()
            .authentication(by)
            .ciphering()
            .key(key)
            .challengeLength(24)
            .random(new Recording())
            .build();
    ServerSecurity server =
        pair.cipheringServer()
            .authentication(by)
            .challengeLength(24)
            .random(new Recording())
            .build();
    pair.with(client, server);
    keep(pair.clientKeys);
    show(client, server, client.hls(), server.hls(), client.requests());
    show(pair.client, pair.server);
    return pair;
  }

  private void tell(SecuredPair pair) {
    for (ClientAssociationEvent event : pair.heard) {
      texts.add(event.toString());
      if (event instanceof ClientAssociationEvent.AssociationFailed failed) {
        tell(failed.cause());
      } else if (event instanceof ClientAssociationEvent.RequestFailed failed) {
        tell(failed.cause());
      }
    }
    for (ServerAssociationEvent event : pair.told) {
      texts.add(event.toString());
      if (event instanceof ServerAssociationEvent.MessageRefused refused) {
        tell(refused.cause());
      }
    }
  }

  private void tell(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      texts.add(each + " " + each.getMessage());
    }
  }

  private void assertNoSecretIsTold() {
    String all = String.join("\n", texts);
    String hex = all.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-F]", "");
    assertTrue(secrets.size() > 20, () -> "only " + secrets.size() + " secrets");
    for (Octets secret : secrets) {
      for (int at = 0; at + FRAGMENT <= secret.length(); at += FRAGMENT) {
        Octets part = secret.slice(at, FRAGMENT);
        assertFalse(all.contains(new String(part.toByteArray(), StandardCharsets.ISO_8859_1)));
        String numbers = Arrays.toString(part.toByteArray());
        assertFalse(all.contains(numbers.substring(1, numbers.length() - 1)));
        // In any spelling: with spaces, or colons, or in small letters.
        assertFalse(hex.contains(part.toHex()), () -> part.toHex() + " of a secret is told");
      }
    }
  }

  @Test
  void noEventNoExceptionAndNoConfigurationHoldsAKeyOrASecret() {
    for (KeyKind key : List.of(KeyKind.GLOBAL_UNICAST, KeyKind.DEDICATED, KeyKind.WRAPPED)) {
      SecuredPair good = pair(HlsMechanism.GMAC, key);
      Attacks.opened(good);
      for (ServiceRequest service : Attacks.SERVICES) {
        Octets request = good.intercept(service);
        for (int bit = 0; bit < 8 * request.length(); bit += 3) {
          good.inject(Attacks.flip(request, bit));
        }
        Octets answer = good.inject(request).get(0);
        for (int bit = 0; bit < 8 * answer.length(); bit += 3) {
          good.client.receive(Attacks.flip(answer, bit), good.now);
        }
        good.now = good.client.nextDeadline();
        good.client.onDeadline(good.now);
        good.run();
      }
      good.up.forEach(good::inject);
      tell(good);
    }
    for (HlsMechanism by :
        List.of(HlsMechanism.MD5, HlsMechanism.SHA_1, HlsMechanism.GMAC, HlsMechanism.SHA_256)) {
      SecuredPair wrongKeys = pair(by, KeyKind.GLOBAL_UNICAST);
      wrongKeys.serverKeys = new SecuredPair(SecuritySuite.SUITE_0).serverKeys;
      keep(wrongKeys.serverKeys);
      wrongKeys.open();
      assertFalse(wrongKeys.client.isAssociated());
      tell(wrongKeys);
      SecuredPair wrongSecret = pair(by, KeyKind.DEDICATED);
      KeyMaterial secret = KeyMaterial.generate(20, Attacks.RANDOM);
      secrets.add(secret.export());
      wrongSecret.serverKeys = wrongSecret.serverKeys.toBuilder().hlsSecret(secret).build();
      wrongSecret.open();
      assertEquals(by == HlsMechanism.GMAC, wrongSecret.client.isAssociated());
      tell(wrongSecret);
    }
    SecuredPair exhausted = pair(HlsMechanism.GMAC, KeyKind.GLOBAL_UNICAST);
    exhausted.clientCounters.skipTo(
        Attacks.counter(SecuredPair.CLIENT, exhausted.clientKeys.unicastKey()),
        InvocationCounterStore.HIGHEST);
    exhausted.open();
    tell(exhausted);
    assertNoSecretIsTold();
  }

  @Test
  void aPasswordIsNotToldEither() {
    String word = "correct horse battery";
    secrets.add(Octets.copyOf(word.getBytes(StandardCharsets.US_ASCII)));
    for (int i = 0; i < 20; i++) {
      secrets.add(KeyMaterial.generate(16, Attacks.RANDOM).export());
    }
    Password password = Password.ofText(word);
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    ClientAssociationConfig client =
        ClientAssociationConfig.builder()
            .lowLevelSecurity(password)
            .security(pair.clientSecurity().ciphering().build())
            .build();
    ServerAssociationConfig server =
        ServerAssociationConfig.builder()
            .lowLevelSecurity(Password.ofText("swordfish"))
            .security(pair.cipheringServer().build())
            .build();
    pair.client = new ClientAssociation(client);
    pair.server = new ServerAssociation(server);
    pair.open();
    assertFalse(pair.client.isAssociated());
    show(client, server, password);
    tell(pair);
    assertNoSecretIsTold();
  }
}
