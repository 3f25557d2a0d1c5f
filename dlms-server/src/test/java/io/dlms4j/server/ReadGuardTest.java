package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.server.profile.CapturedRow;
import io.dlms4j.server.profile.CapturingProfile;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;

/** Reads of one request by a backend that another thread changes whenever it can. */
class ReadGuardTest {
  private static final ObisCode FIRST = ObisCode.of("0.0.96.1.1.255");
  private static final ObisCode SECOND = ObisCode.of("0.0.96.1.2.255");
  private static final ObisCode PROFILE = ObisCode.of("1.0.99.1.0.255");
  private static final ObisCode WRITTEN = ObisCode.of("0.0.96.1.3.255");

  private static final Set<Conformance> LOGICAL_NAMES =
      Set.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACCESS,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.ATTRIBUTE0_SUPPORTED_WITH_GET);

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** The engine: always changed together, on another thread, where the write lock can be had. */
  private int count;

  private int steps;

  private static int join(Thread thread, int result) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return result;
  }

  /** What is there now; then the engine tries to step, before anything else is read. */
  private CosemData countThenStep() {
    int read = count;
    Thread engine =
        new Thread(
            () -> {
              if (lock.writeLock().tryLock()) {
                try {
                  count = (count + 1) % 200;
                  steps++;
                } finally {
                  lock.writeLock().unlock();
                }
              }
            });
    engine.start();
    return CosemData.unsigned(join(engine, read));
  }

  private CosemObject counter(ObisCode name) {
    return CosemObject.builder(1, 0, name)
        .attribute(2, this::countThenStep)
        .attribute(3, this::countThenStep)
        .build();
  }

  private CosemObject written() {
    return CosemObject.builder(1, 0, WRITTEN)
        .attribute(
            2,
            () -> CosemData.unsigned(count),
            data -> {
              // As a backend does that is written and stepped under one lock.
              assertTrue(lock.writeLock().tryLock());
              lock.writeLock().unlock();
            })
        .build();
  }

  private LogicalDevice device(ReadGuard guard, CosemObject... more) {
    LogicalDevice.Builder device =
        LogicalDevice.builder(16, Octets.ofAscii("DLM0000001"))
            .readGuard(guard)
            .association(
                16,
                ServerAssociationConfig.builder()
                    .lowestLevelSecurity()
                    .conformance(LOGICAL_NAMES)
                    .build(),
                AccessPolicy.full())
            .association(
                18,
                ServerAssociationConfig.builder()
                    .lowestLevelSecurity()
                    .shortNames()
                    .conformance(Set.of(Conformance.READ, Conformance.MULTIPLE_REFERENCES))
                    .build(),
                AccessPolicy.full())
            .object(counter(FIRST), 0x1000)
            .object(counter(SECOND), 0x2000)
            .object(written(), 0x3000);
    for (CosemObject object : more) {
      device.object(object);
    }
    return device.build();
  }

  private static Bench.Client client(LogicalDevice device) {
    return new Bench(PhysicalDevice.of(17, device))
        .associate(
            16,
            HdlcAddress.logical(16),
            ClientAssociationConfig.builder().conformance(LOGICAL_NAMES).build());
  }

  private static String attribute(ObisCode name, String index) {
    return "0001" + name.toOctets().toHex() + index;
  }

  private static final String GET_LIST =
      "C003C102" + attribute(FIRST, "0200") + attribute(SECOND, "0200");

  @Test
  void aGetWithAListReadsOneMoment() {
    Bench.Client client = client(device(ReadGuard.of(lock.readLock())));
    assertEquals("C403C102" + "001100" + "001100", client.exchange(GET_LIST));
    assertEquals(0, steps);
    // Between two requests the engine steps as it will.
    countThenStep();
    assertEquals("C403C102" + "001101" + "001101", client.exchange(GET_LIST));
  }

  @Test
  void withoutAGuardTheSameBackendIsFoundInTwoMoments() {
    assertEquals(
        "C403C102" + "001100" + "001101", client(device(ReadGuard.NONE)).exchange(GET_LIST));
    assertNotEquals(0, steps);
  }

  @Test
  void attributeZeroReadsOneMoment() {
    assertEquals(
        "C401C100" + "0203" + "0906" + FIRST.toOctets().toHex() + "1100" + "1100",
        client(device(ReadGuard.of(lock.readLock())))
            .exchange("C001C1" + attribute(FIRST, "0000")));
  }

  @Test
  void anAccessThatOnlyReadsReadsOneMoment() {
    assertEquals(
        "DA4000000100" + "00" + "02" + "1100" + "1100" + "02" + "0100" + "0100",
        client(device(ReadGuard.of(lock.readLock())))
            .exchange(
                "D94000000100"
                    + "02"
                    + ("01" + attribute(FIRST, "02"))
                    + ("01" + attribute(SECOND, "02"))
                    + "020000"));
  }

  @Test
  void aReadOfSeveralShortNamesReadsOneMoment() {
    Bench.Client client =
        new Bench(PhysicalDevice.of(17, device(ReadGuard.of(lock.readLock()))))
            .associate(
                18,
                HdlcAddress.logical(16),
                ClientAssociationConfig.builder()
                    .shortNames()
                    .conformance(Set.of(Conformance.READ, Conformance.MULTIPLE_REFERENCES))
                    .build());
    assertEquals("0C02" + "001100" + "001100", client.exchange("0502" + "021008" + "022008"));
  }

  @Test
  void whoeverWritesMayTakeTheLockThatReadersHold() {
    Bench.Client client = client(device(ReadGuard.of(lock.readLock())));
    assertEquals("C501C100", client.exchange("C101C1" + attribute(WRITTEN, "0200") + "1101"));
    // A write among reads: item by item, and not of one moment.
    assertEquals(
        "DA4000000100" + "00" + "02" + "1100" + "00" + "02" + "0100" + "0200",
        client.exchange(
            "D94000000100"
                + "02"
                + ("01" + attribute(WRITTEN, "02"))
                + ("02" + attribute(WRITTEN, "02"))
                + "02001105"));
  }

  @Test
  void aProfileCapturesOneMoment() {
    CapturingProfile profile =
        CapturingProfile.builder(PROFILE)
            .column(new AttributeRef(1, FIRST, 2))
            .column(new AttributeRef(1, SECOND, 2))
            .build();
    LogicalDevice device = device(ReadGuard.of(lock.readLock()), profile);
    for (int i = 0; i < 3; i++) {
      profile.capture(device);
      CapturedRow row = profile.rows().row(i);
      assertEquals(row.values().get(0), row.values().get(1));
      countThenStep();
    }
    assertEquals(3, steps);
  }

  @Test
  void pairsMatchWhileAnotherThreadNeverStopsStepping() throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    Thread engine =
        new Thread(
            () -> {
              while (!stop.get()) {
                lock.writeLock().lock();
                try {
                  count = (count + 1) % 200;
                  steps++;
                } finally {
                  lock.writeLock().unlock();
                }
              }
            });
    CosemObject first =
        CosemObject.data(ObisCode.of("0.0.96.1.4.255"), () -> CosemData.unsigned(count));
    CosemObject second =
        CosemObject.data(ObisCode.of("0.0.96.1.5.255"), () -> CosemData.unsigned(count));
    Bench.Client client = client(device(ReadGuard.of(lock.readLock()), first, second));
    engine.start();
    try {
      for (int i = 0; i < 500; i++) {
        String answer =
            client.exchange(
                "C003C102"
                    + attribute(first.logicalName(), "0200")
                    + attribute(second.logicalName(), "0200"));
        assertEquals(answer.substring(8, 14), answer.substring(14), answer);
      }
    } finally {
      stop.set(true);
      engine.join();
    }
    assertNotEquals(0, steps);
  }

  @Test
  void aGuardThatFailsCostsItsRequestOnly() {
    AtomicBoolean broken = new AtomicBoolean(true);
    Bench.Client client =
        client(
            device(
                reads -> {
                  if (broken.get()) {
                    throw new IllegalStateException("broken");
                  }
                  reads.run();
                }));
    assertEquals("C403C102" + "01FA" + "01FA", client.exchange(GET_LIST));
    broken.set(false);
    assertEquals("C403C102" + "001100" + "001101", client.exchange(GET_LIST));
  }
}
