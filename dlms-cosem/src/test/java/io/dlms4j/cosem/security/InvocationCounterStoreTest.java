package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

class InvocationCounterStoreTest {
  private static final KeyMaterial KEY = KeyMaterial.ofHex("000102030405060708090A0B0C0D0E0F");
  private static final CounterId ID = CounterId.of(Parties.CLIENT, KEY);
  private static final CounterId OTHER = CounterId.of(Parties.SERVER, KEY);
  private static final int HEADER = 16;

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("counters");
  }

  private Stream<DynamicTest> bothStores(ThrowingConsumer<InvocationCounterStore> test) {
    return Stream.of(
        DynamicTest.dynamicTest(
            "in memory", () -> test.accept(new InMemoryInvocationCounterStore())),
        DynamicTest.dynamicTest(
            "in a file",
            () -> {
              try (FileInvocationCounterStore store = FileInvocationCounterStore.create(file())) {
                test.accept(store);
              }
            }));
  }

  @TestFactory
  Stream<DynamicTest> ownCountersBeginWithOneAndEachIdHasItsOwn() {
    return bothStores(
        store -> {
          for (long counter = 1; counter <= 2500; counter++) {
            assertEquals(counter, store.next(ID));
          }
          assertEquals(1, store.next(OTHER));
          assertEquals(1, store.next(CounterId.of(Parties.CLIENT, KeyMaterial.ofHex("01"))));
          assertEquals(2501, store.next(ID));
        });
  }

  @TestFactory
  Stream<DynamicTest> ownCountersSkipForwardsOnly() {
    return bothStores(
        store -> {
          store.skipTo(ID, 70);
          assertEquals(70, store.next(ID));
          store.skipTo(ID, 5);
          assertEquals(71, store.next(ID));
          store.skipTo(ID, 1_000_000);
          assertEquals(1_000_000, store.next(ID));
        });
  }

  @TestFactory
  Stream<DynamicTest> afterTheLastCounterThereIsNone() {
    return bothStores(
        store -> {
          store.skipTo(ID, InvocationCounterStore.HIGHEST - 1);
          assertEquals(InvocationCounterStore.HIGHEST - 1, store.next(ID));
          assertEquals(InvocationCounterStore.HIGHEST, store.next(ID));
          for (int i = 0; i < 3; i++) {
            assertEquals(
                Reason.COUNTER_EXHAUSTED,
                assertThrows(ProtectionException.class, () -> store.next(ID)).reason());
          }
          assertThrows(
              IllegalArgumentException.class,
              () -> store.skipTo(ID, InvocationCounterStore.HIGHEST + 1));
        });
  }

  @TestFactory
  Stream<DynamicTest> receivedCountersAreTakenWhenGreaterOnly() {
    return bothStores(
        store -> {
          assertEquals(0, store.lowestAcceptable(ID));
          assertTrue(store.accept(ID, 0));
          assertFalse(store.accept(ID, 0));
          assertTrue(store.accept(ID, 7));
          assertFalse(store.accept(ID, 7));
          assertFalse(store.accept(ID, 6));
          assertEquals(8, store.lowestAcceptable(ID));
          assertEquals(0, store.lowestAcceptable(ID.unauthenticated()));
          assertTrue(store.accept(ID, InvocationCounterStore.HIGHEST));
          assertFalse(store.accept(ID, InvocationCounterStore.HIGHEST));
          assertTrue(store.accept(OTHER, 1));
          assertThrows(IllegalArgumentException.class, () -> store.accept(ID, -1));
        });
  }

  @Test
  void aStoreThatIsFullTakesNoFurtherIdAndForgetsNone() {
    InMemoryInvocationCounterStore store = new InMemoryInvocationCounterStore(1);
    assertTrue(store.accept(ID, 1));
    assertEquals(
        Reason.COUNTER_STORE,
        assertThrows(ProtectionException.class, () -> store.accept(OTHER, 1)).reason());
    assertFalse(store.accept(ID, 1));
  }

  @Test
  void aFileThatIsOpenedAgainRemembersWhatWasReceivedAndGoesOnBeyondWhatWasUsed()
      throws IOException {
    long used;
    try (FileInvocationCounterStore store = FileInvocationCounterStore.create(file())) {
      store.next(ID);
      used = store.next(ID);
      assertTrue(store.accept(OTHER, 41));
      assertTrue(store.accept(OTHER.unauthenticated(), 43));
    }
    try (FileInvocationCounterStore store = FileInvocationCounterStore.open(file())) {
      assertEquals(1 + FileInvocationCounterStore.DEFAULT_BLOCK, store.next(ID));
      assertTrue(used < FileInvocationCounterStore.DEFAULT_BLOCK);
      assertEquals(42, store.lowestAcceptable(OTHER));
      assertEquals(44, store.lowestAcceptable(OTHER.unauthenticated()));
    }
  }

  @Test
  void whatWasSkippedToIsRememberedToo() throws IOException {
    try (FileInvocationCounterStore store = FileInvocationCounterStore.create(file())) {
      store.skipTo(ID, 500_000);
    }
    try (FileInvocationCounterStore store = FileInvocationCounterStore.open(file(), 1)) {
      assertEquals(500_000, store.next(ID));
    }
    try (FileInvocationCounterStore store = FileInvocationCounterStore.open(file(), 1)) {
      assertEquals(500_001, store.next(ID));
    }
  }

  @Test
  void aFileIsMadeOnceOnlyAndNeverByOpening() throws IOException {
    assertThrows(IOException.class, () -> FileInvocationCounterStore.open(file()));
    assertFalse(Files.exists(file()));
    FileInvocationCounterStore.create(file()).close();
    assertThrows(IOException.class, () -> FileInvocationCounterStore.create(file()));
    if (file().getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }
  }

  @Test
  void aFileInUseIsRefusedUntilItIsClosed() throws IOException {
    FileInvocationCounterStore first = FileInvocationCounterStore.create(file());
    assertThrows(IOException.class, () -> FileInvocationCounterStore.open(file()));
    first.next(ID);
    first.close();
    for (Runnable use :
        List.<Runnable>of(
            () -> first.next(ID), () -> first.skipTo(ID, 5000), () -> first.accept(ID, 1))) {
      assertEquals(
          Reason.COUNTER_STORE, assertThrows(ProtectionException.class, use::run).reason());
    }
    FileInvocationCounterStore.open(file()).close();
  }

  @Test
  void everyOctetThatIsChangedIsDetected() throws IOException {
    byte[] good = filled();
    for (int at = 0; at < good.length; at++) {
      byte[] damaged = good.clone();
      damaged[at] ^= 0x10;
      Files.write(file(), damaged);
      IOException refusal =
          assertThrows(IOException.class, () -> FileInvocationCounterStore.open(file()));
      assertTrue(String.valueOf(refusal.getMessage()).contains("damaged"));
    }
  }

  @Test
  void recordsThatAreLostOrMovedAreDetected() throws IOException {
    byte[] good = filled();
    int record = CounterJournal.RECORD;
    byte[] lost = Arrays.copyOf(good, good.length - record);
    System.arraycopy(good, HEADER + record, lost, HEADER, good.length - HEADER - record);
    byte[] swapped = good.clone();
    System.arraycopy(good, HEADER, swapped, HEADER + record, record);
    System.arraycopy(good, HEADER + record, swapped, HEADER, record);
    for (byte[] damaged :
        List.of(lost, swapped, new byte[0], Arrays.copyOf(good, HEADER - 1), new byte[99])) {
      Files.write(file(), damaged);
      assertThrows(IOException.class, () -> FileInvocationCounterStore.open(file()));
    }
  }

  /** A file with four records: two of ours, two of a peer's. */
  private byte[] filled() throws IOException {
    try (FileInvocationCounterStore store = FileInvocationCounterStore.create(file())) {
      store.next(ID);
      store.next(OTHER);
      store.accept(ID, 3);
      store.accept(ID, 9);
    }
    byte[] octets = Files.readAllBytes(file());
    assertEquals(HEADER + 4 * CounterJournal.RECORD, octets.length);
    return octets;
  }

  /** Wherever a kill cuts the last record off, it had not been used yet. */
  @Test
  void aRecordThatWasCutOffIsForgottenAndNoCounterIsRepeated() throws IOException {
    try (FileInvocationCounterStore store = FileInvocationCounterStore.create(file())) {
      store.next(ID);
    }
    byte[] before = Files.readAllBytes(file());
    try (FileInvocationCounterStore store = FileInvocationCounterStore.open(file())) {
      store.next(ID);
    }
    byte[] after = Files.readAllBytes(file());
    for (int length = before.length; length < after.length; length++) {
      Files.write(file(), Arrays.copyOf(after, length));
      try (FileInvocationCounterStore store = FileInvocationCounterStore.open(file(), 10)) {
        assertEquals(1 + FileInvocationCounterStore.DEFAULT_BLOCK, store.next(ID));
      }
      try (FileInvocationCounterStore store = FileInvocationCounterStore.open(file())) {
        assertEquals(11 + FileInvocationCounterStore.DEFAULT_BLOCK, store.next(ID));
      }
    }
  }

  @Test
  void aFileIsRewrittenBeforeItGrowsLargeAndForgetsNothing() throws IOException {
    long records = 0;
    try (FileInvocationCounterStore store = FileInvocationCounterStore.create(file())) {
      store.next(OTHER);
      long largest = 0;
      while (Files.size(file()) >= largest) {
        largest = Files.size(file());
        assertTrue(store.accept(ID, records));
        records++;
        assertTrue(records < 20_000);
      }
      assertTrue(store.accept(ID, records));
    }
    try (FileInvocationCounterStore store = FileInvocationCounterStore.open(file())) {
      assertEquals(records + 1, store.lowestAcceptable(ID));
      assertEquals(1 + FileInvocationCounterStore.DEFAULT_BLOCK, store.next(OTHER));
    }
  }
}
