package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A protected APDU whose tag has been read: its fields, and what a session can say of it. */
record Protected(Type fields) implements Type {
  /**
   * The field that a session adds. It has no octets, and is no part of what is encoded again: what
   * is in clear cannot be protected without the keys.
   */
  static final String UNPROTECTED = "unprotected";

  @Override
  public void read(Walk in) {
    int start = in.position() - 1;
    fields.read(in);
    Session session = in.session();
    if (session != null) {
      show(in, start, session, session.unprotect(in.since(start), in.last(Session.TO_SERVER)));
    }
  }

  private static void show(Walk in, int start, Session session, Finding finding) {
    int at = in.anchored(start);
    if (finding.fault()) {
      session.fault(at, finding.words());
    }
    Octets octets = finding.clear();
    if (octets == null) {
      // What was not encrypted stands there already, and has been looked into.
      Map<String, @Nullable Object> json =
          finding.isOpen()
              ? text(in).map(text -> finding.with(text.toPlain())).orElse(finding.plain())
              : finding.plain();
      in.add(UNPROTECTED, finding.words(), json, null);
    } else if (!in.mayAttempt()) {
      in.add(UNPROTECTED, finding.words(), finding.with(octets.toHex()), null);
    } else {
      Session.Known before = session.known();
      int faultsBefore = session.faultCount();
      Walk.Result result = in.clear(octets, start);
      List<Part.Fault> faults = Apdus.faults(result, octets);
      if (!finding.proved() && !faults.isEmpty()) {
        session.goBackTo(before);
        session.forgetFaultsFrom(faultsBefore);
        show(in, start, session, Finding.senseless());
        return;
      }
      faults.forEach(
          fault ->
              session.fault(at, "in clear, at its octet " + fault.octet() + ": " + fault.what()));
      in.add(
          UNPROTECTED,
          finding.words(),
          finding.with(result.node().toPlain()),
          new Node.Clear(octets, result.node()));
    }
  }

  /** The text of an APDU that is authenticated only. */
  private static Optional<Node> text(Walk in) {
    return in.child(Protection.CIPHERED_SERVICE)
        .map(service -> service.child(Protection.OCTETS))
        .orElse(in.child(Protection.OCTETS))
        .flatMap(octets -> octets.child(Protection.TEXT));
  }

  @Override
  public void write(Json from, AxdrWriter to) {
    if (from.value() instanceof Map<?, ?> map && map.containsKey(UNPROTECTED)) {
      Map<Object, @Nullable Object> protectedFields = new LinkedHashMap<>(map);
      protectedFields.remove(UNPROTECTED);
      fields.write(new Json(protectedFields, from.path()), to);
    } else {
      fields.write(from, to);
    }
  }
}
