package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ServiceSpecificCiphering;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;

/**
 * A process of its own, in which a client and a server send each other protected messages until it
 * is killed. A message that gets out, or is taken, stands in a log before anything else happens.
 */
final class KilledProcess {
  /** What happened to a message. */
  enum Event {
    SENT_BY_CLIENT('c'),
    ACCEPTED_BY_SERVER('S'),
    SENT_BY_SERVER('s'),
    ACCEPTED_BY_CLIENT('C');

    private final char letter;

    Event(char letter) {
      this.letter = letter;
    }

    static Event of(byte letter) {
      for (Event event : values()) {
        if (event.letter == letter) {
          return event;
        }
      }
      throw new IllegalStateException("the log has an entry of kind " + letter);
    }
  }

  /** Written when the process has begun, before it opens its counters. */
  static final char BEGUN = 'b';

  /** Written when the first messages have gone there and back. */
  static final char RUNNING = 'r';

  /** So few that blocks of them end all the time. */
  private static final int BLOCK = 3;

  private static final KeyRing KEYS =
      KeyRing.builder(SecuritySuite.SUITE_0)
          .unicastKey(KeyMaterial.ofHex("000102030405060708090A0B0C0D0E0F"))
          .broadcastKey(KeyMaterial.ofHex("0F0E0D0C0B0A09080706050403020100"))
          .authenticationKey(KeyMaterial.ofHex("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF"))
          .build();

  private static final Octets REQUEST = Octets.ofHex("C0 01 C1 00 03 01 01 01 08 00 FF 02 00");
  private static final Octets RESPONSE = Octets.ofHex("C4 01 C1 00 06 00 02 E3 0D");
  private static final Set<Protection> PROTECTION =
      Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED);

  private final ApduProtection client;
  private final ApduProtection server;
  private final OutputStream log;

  private KilledProcess(
      InvocationCounterStore ofClient, InvocationCounterStore ofServer, OutputStream log) {
    client = client(ofClient);
    server = server(ofServer);
    this.log = log;
  }

  static ApduProtection client(InvocationCounterStore counters) {
    return protection(Parties.CLIENT, Parties.SERVER, counters);
  }

  static ApduProtection server(InvocationCounterStore counters) {
    return protection(Parties.SERVER, Parties.CLIENT, counters);
  }

  private static ApduProtection protection(
      SystemTitle own, SystemTitle peer, InvocationCounterStore counters) {
    return ApduProtection.builder(KEYS, own, peer, counters, new SecureRandom()).build();
  }

  static Path clientCounters(Path directory) {
    return directory.resolve("client");
  }

  static Path serverCounters(Path directory) {
    return directory.resolve("server");
  }

  static ServiceSpecificCiphering request(ApduProtection client, KeyKind key) {
    return client.protectServiceSpecific(REQUEST, key, PROTECTION);
  }

  static ServiceSpecificCiphering response(ApduProtection server) {
    return server.protectServiceSpecific(RESPONSE, KeyKind.GLOBAL_UNICAST, PROTECTION);
  }

  /**
   * Runs until it is killed.
   *
   * @param arguments the directory of the counters, and the log
   */
  public static void main(String[] arguments) throws IOException {
    tell(BEGUN);
    Path directory = Path.of(arguments[0]);
    try (FileInvocationCounterStore ofClient =
            FileInvocationCounterStore.open(clientCounters(directory), BLOCK);
        FileInvocationCounterStore ofServer =
            FileInvocationCounterStore.open(serverCounters(directory), BLOCK);
        FileOutputStream log = new FileOutputStream(arguments[1])) {
      KilledProcess process = new KilledProcess(ofClient, ofServer, log);
      process.exchange();
      tell(RUNNING);
      while (true) {
        process.exchange();
      }
    }
  }

  private static void tell(char how) {
    System.out.write(how);
    System.out.flush();
  }

  private void exchange() throws IOException {
    send(KeyKind.GLOBAL_BROADCAST);
    send(KeyKind.GLOBAL_UNICAST);
    ServiceSpecificCiphering response = response(server);
    log(Event.SENT_BY_SERVER, response);
    client.unprotect(response);
    log(Event.ACCEPTED_BY_CLIENT, response);
  }

  private void send(KeyKind key) throws IOException {
    ServiceSpecificCiphering request = request(client, key);
    log(Event.SENT_BY_CLIENT, request);
    server.unprotect(request);
    log(Event.ACCEPTED_BY_SERVER, request);
  }

  /** In one write, and the system has it: that it may be cut off concerns the last entry only. */
  private void log(Event event, ServiceSpecificCiphering message) throws IOException {
    Octets octets = ApduCodec.STANDARD.encode(message);
    log.write(
        ByteBuffer.allocate(2 + octets.length())
            .put((byte) event.letter)
            .put((byte) octets.length())
            .put(octets.array(), octets.offset(), octets.length())
            .array());
  }
}
