package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.CipheredService;
import io.dlms4j.cosem.apdu.ProtectedApdu;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.cosem.security.Unprotected;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes one layer of protection with what a session knows. A tag decides which of the known
 * titles and keys is right; where there is none, only what the message itself points to is tried.
 */
final class Unprotector {
  /** Stands for a recipient that is not known, where it plays no part. */
  private static final SystemTitle NOBODY = SystemTitle.ofHex("0000000000000000");

  private static final SystemTitle NOBODY_ELSE = SystemTitle.ofHex("FFFFFFFFFFFFFFFF");

  private final SessionKeys keys;
  private final Session.Known known;
  private final ProtectionHeader header;

  private Unprotector(SessionKeys keys, Session.Known known, ProtectionHeader header) {
    this.keys = keys;
    this.known = known;
    this.header = header;
  }

  static Finding find(SessionKeys keys, Session.Known known, Octets octets, long toServer) {
    Apdu apdu;
    try {
      apdu = ApduCodec.STANDARD.decode(octets);
    } catch (ApduException e) {
      return Finding.closed("the library refuses this: " + e.getMessage());
    }
    if (!(apdu instanceof ProtectedApdu protectedApdu)) {
      throw new IllegalStateException("no protected APDU begins with " + octets.at(0));
    }
    ProtectionHeader header = ProtectionHeader.of(protectedApdu, toServer);
    return header
        .fault()
        .map(Finding::bad)
        .orElseGet(() -> new Unprotector(keys, known, header).find());
  }

  private Finding find() {
    Optional<SecuritySuite> suite = header.suite();
    if (suite.isEmpty()) {
      return header.isSigned()
          ? Finding.bad("the signature is as long as those of no security suite")
          : Finding.closed("its security suite is not known");
    }
    if (header.isDedicated() && known.dedicatedKeys().isEmpty()) {
      return Finding.closed(
          "the dedicated key is not known: the key file may tell it, or an InitiateRequest before");
    }
    List<SystemTitle> expected = expected();
    if (!header.isProvable() && header.toServer() < 0 && expected.size() > 1) {
      return Finding.closed("nothing says who sent it, and there is no tag to try titles by");
    }
    Finding failure = null;
    for (SystemTitle originator : tried(expected)) {
      Finding finding = find(suite.get(), originator);
      if (finding.isOpen()) {
        return finding;
      }
      failure = failure == null || finding.fault() ? finding : failure;
    }
    return failure == null || expected.isEmpty() ? Finding.closed(unknownTitle()) : failure;
  }

  /** Who should have protected it, the most likely first. */
  private List<SystemTitle> expected() {
    if (!header.originator().isEmpty()) {
      return List.of(new SystemTitle(header.originator()));
    }
    List<SystemTitle> titles = new ArrayList<>();
    if (header.toServer() != 0) {
      titles.addAll(known.clients());
    }
    if (header.toServer() != 1) {
      titles.addAll(known.servers());
    }
    return titles;
  }

  private Set<SystemTitle> tried(List<SystemTitle> expected) {
    if (!header.isProvable()) {
      return expected.isEmpty() ? Set.of() : Set.of(expected.get(0));
    }
    Set<SystemTitle> titles = new LinkedHashSet<>(expected);
    if (header.originator().isEmpty()) {
      titles.addAll(known.clients());
      titles.addAll(known.servers());
    }
    return titles;
  }

  private String unknownTitle() {
    return switch (header.toServer()) {
      case 1 -> "the client's system title is not known: --client-title or an AARQ may tell it";
      case 0 -> "the server's system title is not known: --server-title or an AARE may tell it";
      default -> "no system title is known: options, an AARQ or an AARE may tell them";
    };
  }

  /** Whom it is for; null if that is not known. */
  private @Nullable SystemTitle recipient(SystemTitle originator) {
    if (!header.recipient().isEmpty()) {
      return new SystemTitle(header.recipient());
    }
    boolean toServer =
        known.clients().contains(originator)
            || (header.toServer() == 1 && !known.servers().contains(originator));
    List<SystemTitle> titles = new ArrayList<>(toServer ? known.servers() : known.clients());
    titles.addAll(toServer ? known.clients() : known.servers());
    titles.remove(originator);
    return titles.isEmpty() ? null : titles.get(0);
  }

  private Finding find(SecuritySuite suite, SystemTitle originator) {
    SystemTitle recipient = recipient(originator);
    if (recipient == null && header.isAgreed()) {
      return Finding.closed("the recipient's system title is not known, which the key is made of");
    }
    SystemTitle other =
        recipient != null ? recipient : originator.equals(NOBODY) ? NOBODY_ELSE : NOBODY;
    Optional<KeyRing> ring = keys.between(suite, originator, other, header.isStatic());
    if (ring.isEmpty()) {
      return missing(originator, recipient, "there are none of " + suite);
    }
    if (!header.isDedicated()) {
      return find(protection(ring.get(), originator, other), originator, recipient);
    }
    Finding failure = Finding.closed("the dedicated keys that are known are not of " + suite);
    for (KeyMaterial key : known.dedicatedKeys()) {
      if (key.length() == ring.get().suite().keyLength()) {
        ApduProtection protection = protection(ring.get(), originator, other);
        protection.useDedicatedKey(key);
        failure = find(protection, originator, recipient);
        if (failure.isOpen() || !header.isProvable()) {
          return failure;
        }
      }
    }
    return failure;
  }

  private static ApduProtection protection(
      KeyRing keys, SystemTitle originator, SystemTitle recipient) {
    // Counters that know nothing: whoever looks on is told everything twice if it comes twice.
    return ApduProtection.builder(
            keys, recipient, originator, new InMemoryInvocationCounterStore(), new SecureRandom())
        .acceptEncryptionOnly()
        .build();
  }

  private Finding find(
      ApduProtection protection, SystemTitle originator, @Nullable SystemTitle recipient) {
    Unprotected opened;
    try {
      opened = protection.unprotect(header.apdu());
    } catch (ProtectionException e) {
      return e.reason() == Reason.UNKNOWN_KEY
          ? missing(originator, recipient, String.valueOf(e.getMessage()))
          : refusal(e, protection.keys());
    }
    CipheredService service = header.service();
    boolean suits =
        service == null || (!opened.apdu().isEmpty() && opened.apdu().at(0) == service.plainTag());
    if (!suits && !header.isProvable()) {
      return Finding.senseless();
    }
    Finding finding = open(opened, originator);
    return suits ? finding : finding.but("inside is another service than outside");
  }

  private Finding open(Unprotected opened, SystemTitle originator) {
    String key = opened.key().name().toLowerCase(Locale.ROOT).replace('_', '-');
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("originator", originator.toString());
    String proof = header.isProvable() ? "right" : "none";
    if (opened.key() == KeyKind.SIGNATURE) {
      json.put("signature", proof);
      return finding("signature right, of " + party(originator), json, null);
    }
    json.put("key", key);
    json.put("tag", proof);
    return finding(
        (header.isProvable() ? "tag right, from " : "no tag, so nothing proves it; as from ")
            + party(originator)
            + ", "
            + key
            + " key",
        json,
        header.isEncrypted() ? opened.apdu() : null);
  }

  private Finding finding(String words, Map<String, Object> json, @Nullable Octets clear) {
    return new Finding(words, json, false, header.isProvable(), clear);
  }

  private String party(SystemTitle title) {
    String role =
        known.clients().contains(title)
            ? "the client "
            : known.servers().contains(title) ? "the server " : "";
    return role + title;
  }

  private Finding refusal(ProtectionException e, KeyRing ring) {
    String message = String.valueOf(e.getMessage());
    if (e.reason() == Reason.NOT_AUTHENTIC) {
      return Finding.bad(
          header.isSigned()
              ? "the signature does not fit: it is of another key, or of other octets"
              : (header.isKeySent() ? "the key sent along or the tag" : "the tag")
                  + " does not fit: other keys or system titles, or changed octets"
                  + (ring.authenticationKey() == null
                      ? "; there is no authentication key here"
                      : ""));
    } else if (e.reason() == Reason.MALFORMED) {
      return Finding.bad(message);
    }
    return Finding.closed(message);
  }

  private static Finding missing(
      SystemTitle originator, @Nullable SystemTitle recipient, String what) {
    return Finding.closed(
        "the keys here do not do for a message from %s to %s: %s"
            .formatted(
                originator, recipient == null ? "somebody who is not known" : recipient, what));
  }
}
