package io.dlms4j.benchmarks;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ProtectedApdu;
import io.dlms4j.cosem.apdu.ServiceSpecificCiphering;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.CipherEngine;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.cosem.security.Unprotected;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A glo-get-response, authenticated and encrypted: protected, and its protection removed. What is
 * received comes from a ring of messages with rising invocation counters; each time round, once in
 * {@value #RING} messages, the receiver's counters are put back.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProtectionBenchmark {
  private static final int RING = 256;
  private static final int GET_RESPONSE = 0xC4;
  private static final int COUNTER_AT = 8;
  private static final SystemTitle METER = SystemTitle.ofHex("4D4D4D0000BC614E");
  private static final SystemTitle CLIENT = SystemTitle.ofHex("4D4D4D0000000001");
  private static final Set<Protection> PROTECTION =
      Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED);

  /** Octets of the APDU inside. */
  @Param({"100", "1024"})
  public int size;

  /** Whose AES-GCM. */
  @Param({"JDK", "BOUNCY_CASTLE"})
  public CipherEngine engine = CipherEngine.JDK;

  /** AES-128 or AES-256. */
  @Param({"SUITE_0", "SUITE_2"})
  public SecuritySuite suite = SecuritySuite.SUITE_0;

  private final ServiceSpecificCiphering[] ring = new ServiceSpecificCiphering[RING];
  private final Octets[] wire = new Octets[RING];
  private final byte[][] sealed = new byte[RING][];
  private final ReceivedCounters received = new ReceivedCounters();
  private Octets apdu = Octets.EMPTY;
  private ApduProtection sender = protection(new byte[16], METER, CLIENT, received);
  private ApduProtection receiver = sender;
  private byte[] text = new byte[0];
  private byte[] aad = new byte[0];
  private byte[] nonce = new byte[0];
  private CipherFloor sealing = (n, a, input) -> input;
  private CipherFloor opening = sealing;
  private long counter;
  private int next;

  private ApduProtection protection(
      byte[] key, SystemTitle own, SystemTitle peer, InvocationCounterStore counters) {
    KeyRing keys =
        KeyRing.builder(suite)
            .unicastKey(KeyMaterial.of(Octets.copyOf(key)))
            .authenticationKey(KeyMaterial.of(Octets.copyOf(key)))
            .build();
    return ApduProtection.builder(keys, own, peer, counters, new SecureRandom())
        .engine(engine)
        .build();
  }

  /**
   * Makes the keys, the APDU and the ring.
   *
   * @throws GeneralSecurityException if there is no AES-GCM
   */
  @Setup
  public void prepare() throws GeneralSecurityException {
    Random random = new Random(1);
    byte[] key = new byte[suite.keyLength()];
    random.nextBytes(key);
    text = new byte[size];
    random.nextBytes(text);
    text[0] = (byte) GET_RESPONSE;
    apdu = Octets.copyOf(text);

    sender = protection(key, METER, CLIENT, new InMemoryInvocationCounterStore());
    receiver = protection(key, CLIENT, METER, received);
    for (int i = 0; i < RING; i++) {
      ring[i] = protect();
      wire[i] = ApduCodec.STANDARD.encode(ring[i]);
      sealed[i] = ring[i].content().octets().toByteArray();
    }

    aad = new byte[1 + key.length];
    aad[0] = (byte) ring[0].content().securityControl().octet();
    System.arraycopy(key, 0, aad, 1, key.length);
    nonce = new byte[12];
    METER.octets().copyTo(nonce, 0);
    sealing = CipherFloor.of(engine, true, key);
    opening = CipherFloor.of(engine, false, key);
    counter = 0;
    next = 0;
    received.forget();
  }

  /**
   * The library: text to APDU.
   *
   * @return the protected APDU
   */
  @Benchmark
  public ServiceSpecificCiphering protect() {
    return sender.protectServiceSpecific(apdu, KeyKind.GLOBAL_UNICAST, PROTECTION);
  }

  /**
   * The library: text to the octets on the line.
   *
   * @return the octets
   */
  @Benchmark
  public Octets protectAndEncode() {
    return ApduCodec.STANDARD.encode(protect());
  }

  /**
   * A bare cipher.
   *
   * @return ciphertext and tag
   * @throws GeneralSecurityException never
   */
  @Benchmark
  public byte[] protectFloor() throws GeneralSecurityException {
    setCounter(++counter);
    return sealing.run(nonce, aad, text);
  }

  /**
   * The library: APDU to text.
   *
   * @return the text
   */
  @Benchmark
  public Unprotected unprotect() {
    return receiver.unprotect(ring[turn()]);
  }

  /**
   * The library: octets on the line to text.
   *
   * @return the text
   */
  @Benchmark
  public Unprotected decodeAndUnprotect() {
    if (ApduCodec.STANDARD.decode(wire[turn()]) instanceof ProtectedApdu ciphered) {
      return receiver.unprotect(ciphered);
    }
    throw new IllegalStateException("not protected");
  }

  /**
   * A bare cipher.
   *
   * @return the text
   * @throws GeneralSecurityException if the tag is wrong
   */
  @Benchmark
  public byte[] unprotectFloor() throws GeneralSecurityException {
    int turn = turn();
    setCounter(ring[turn].content().invocationCounter());
    return opening.run(nonce, aad, sealed[turn]);
  }

  private int turn() {
    int turn = next;
    if (turn == 0) {
      received.forget();
    }
    next = (turn + 1) % RING;
    return turn;
  }

  private void setCounter(long value) {
    nonce[COUNTER_AT] = (byte) (value >>> 24);
    nonce[COUNTER_AT + 1] = (byte) (value >>> 16);
    nonce[COUNTER_AT + 2] = (byte) (value >>> 8);
    nonce[COUNTER_AT + 3] = (byte) value;
  }
}
