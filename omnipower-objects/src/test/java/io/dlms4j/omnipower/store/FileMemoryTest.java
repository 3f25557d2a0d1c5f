package io.dlms4j.omnipower.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.omnipower.store.PermanentMemory.Condition;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A memory in a directory: what is kept, and what is said when it is damaged. */
class FileMemoryTest {
  private static final int SHORT_JOURNAL = 1_500;

  @TempDir Path parent;

  private Path directory;

  @BeforeEach
  void name() {
    directory = parent.resolve("memory");
  }

  private FileMemory open() {
    return open(SHORT_JOURNAL);
  }

  private FileMemory open(int longestJournal) {
    return FileMemory.open(directory, SyncPolicy.NEVER, longestJournal);
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Runs a meter so often, and gives its last states. */
  private List<String> run(int steps, long seed) {
    try (FileMemory memory = open()) {
      return new SmallMeter(memory).run(steps, new Random(seed));
    }
  }

  private void check(Condition condition, String state) {
    try (FileMemory memory = open()) {
      assertEquals(condition, memory.condition());
      assertEquals(state, new SmallMeter(memory).state());
    }
  }

  private void flip(String file, long octet) throws IOException {
    try (RandomAccessFile damaged = new RandomAccessFile(directory.resolve(file).toFile(), "rw")) {
      damaged.seek(octet);
      int value = damaged.read();
      damaged.seek(octet);
      damaged.write(value ^ 0x10);
    }
  }

  private void truncate(String file, long length) throws IOException {
    try (RandomAccessFile cut = new RandomAccessFile(directory.resolve(file).toFile(), "rw")) {
      cut.setLength(length);
    }
  }

  private static String last(List<String> states) {
    return states.get(states.size() - 1);
  }

  @Test
  void aNewDirectoryIsNewAndStaysSoUntilSomethingIsCommitted() throws IOException {
    try (FileMemory memory = open()) {
      assertEquals(Condition.NEW, memory.condition());
      assertTrue(memory.beganEmpty());
      assertEquals(directory.toAbsolutePath(), memory.directory());
      memory.commit();
      memory.cells("a", 1).set(0, 7);
    }
    assertEquals(Set.of("lock"), files());
    try (FileMemory memory = open()) {
      assertEquals(Condition.NEW, memory.condition());
      Cells cells = memory.cells("a", 1);
      assertEquals(0, cells.get(0), "it was not committed");
      memory.commit();
    }
    try (FileMemory memory = open()) {
      assertEquals(Condition.SOUND, memory.condition());
      assertFalse(memory.beganEmpty());
    }
  }

  @Test
  void whatIsCommittedIsThereAgainInEverySession() {
    Random random = new Random(5);
    String before = null;
    for (int session = 0; session < 60; session++) {
      try (FileMemory memory = open()) {
        SmallMeter meter = new SmallMeter(memory);
        if (before != null) {
          assertEquals(Condition.SOUND, memory.condition());
          assertEquals(before, meter.state());
        }
        before = last(meter.run(random.nextInt(40), random));
        meter.change(random); // and does not come to its commit
      }
    }
  }

  @Test
  void twoGenerationsAreKept() throws IOException {
    List<String> states = run(250, 1);
    Set<String> files = files();
    assertEquals(5, files.size(), files::toString);
    long newest =
        files.stream()
            .filter(file -> file.startsWith("snapshot-"))
            .mapToLong(file -> Long.parseLong(file.substring(9)))
            .max()
            .orElseThrow();
    assertTrue(newest > 3, "too few for a test");
    assertEquals(
        Set.of(
            "lock",
            "snapshot-" + newest,
            "journal-" + newest,
            "snapshot-" + (newest - 1),
            "journal-" + (newest - 1)),
        files);
    assertTrue(Files.size(directory.resolve("journal-" + newest)) < 3 * SHORT_JOURNAL);
    check(Condition.SOUND, last(states));
  }

  @Test
  void nothingIsWrittenIfNothingHasChanged() throws IOException {
    try (FileMemory memory = open()) {
      Cells cells = memory.cells("a", 2);
      cells.set(1, 5);
      memory.commit();
      long length = Files.size(directory.resolve("journal-0"));
      cells.set(1, 5);
      cells.add(0, 0);
      memory.commit();
      assertEquals(length, Files.size(directory.resolve("journal-0")));
      cells.add(0, 1);
      memory.commit();
      assertTrue(length < Files.size(directory.resolve("journal-0")));
    }
  }

  @Test
  void aRecordThatWasNotFinishedIsNoDamage() throws IOException {
    List<String> states = run(20, 4);
    String journal = "journal-0";
    long length = Files.size(directory.resolve(journal));
    truncate(journal, length - 1);
    int lastChange = states.size() - 1;
    while (states.get(lastChange - 1).equals(states.get(lastChange))) {
      lastChange--;
    }
    check(Condition.SOUND, states.get(lastChange - 1));
    // And it goes on from there.
    List<String> more = run(3, 9);
    check(Condition.SOUND, last(more));
  }

  @Test
  void aJournalThatWasBegunAndNotHeadedIsNoDamage() throws IOException {
    String state = last(run(20, 4));
    Files.write(directory.resolve("journal-1"), new byte[10]);
    check(Condition.SOUND, state);
    state = last(run(200, 4));
    check(Condition.SOUND, state);
    assertFalse(Files.exists(directory.resolve("journal-0")), "the new generation went ahead");
  }

  @Test
  void aDamagedSnapshotCostsNothing() throws IOException {
    String state = last(run(250, 1));
    long newest = newest();
    for (long octet : new long[] {0, 9, 11, 13, 20, 30, 33, 37, 60}) {
      flip("snapshot-" + newest, octet);
      check(Condition.DAMAGED, state);
      flip("snapshot-" + newest, octet);
    }
    flip("snapshot-" + newest, Files.size(directory.resolve("snapshot-" + newest)) - 1);
    check(Condition.DAMAGED, state);
    Files.delete(directory.resolve("snapshot-" + newest));
    check(Condition.DAMAGED, state);
  }

  private long newest() throws IOException {
    return files().stream()
        .filter(file -> file.matches("journal-[0-9]+"))
        .mapToLong(file -> Long.parseLong(file.substring(8)))
        .max()
        .orElseThrow();
  }

  @Test
  void aDamagedJournalCostsWhatCameAfterTheDamage() throws IOException {
    List<String> states = run(250, 1);
    String journal = "journal-" + newest();
    flip(journal, 12); // its header says nothing that records do not
    check(Condition.DAMAGED, last(states));
    flip(journal, 12);
    check(Condition.SOUND, last(states));
    for (long octet : new long[] {40, 100, Files.size(directory.resolve(journal)) - 2}) {
      flip(journal, octet);
      try (FileMemory memory = open()) {
        assertEquals(Condition.DAMAGED, memory.condition());
        assertTrue(states.contains(new SmallMeter(memory).state()));
      }
      flip(journal, octet);
    }
    Files.delete(directory.resolve(journal));
    try (FileMemory memory = open()) {
      assertEquals(Condition.DAMAGED, memory.condition());
      assertTrue(states.contains(new SmallMeter(memory).state()));
    }
  }

  @Test
  void damageOfTheOlderGenerationIsSaid() throws IOException {
    String state = last(run(250, 1));
    long older = newest() - 1;
    for (String file : List.of("snapshot-" + older, "journal-" + older)) {
      flip(file, 70);
      check(Condition.DAMAGED, state);
      flip(file, 70);
    }
    truncate("journal-" + older, 100);
    check(Condition.DAMAGED, state);
    Files.delete(directory.resolve("journal-" + older));
    check(Condition.DAMAGED, state);
  }

  @Test
  void aMissingNewestGenerationIsSaid() throws IOException {
    List<String> states = run(250, 1);
    long newest = newest();
    Files.delete(directory.resolve("journal-" + newest));
    Files.delete(directory.resolve("snapshot-" + newest));
    try (FileMemory memory = open()) {
      assertEquals(Condition.DAMAGED, memory.condition());
      assertTrue(states.contains(new SmallMeter(memory).state()));
    }
  }

  @Test
  void damageIsSaidUntilSomethingIsCommittedAndThenSetAside() throws IOException {
    run(250, 1);
    long newest = newest();
    flip("journal-" + newest, 50);
    flip("snapshot-" + newest, 50);
    byte[] damaged = Files.readAllBytes(directory.resolve("snapshot-" + newest));
    String state;
    try (FileMemory memory = open()) {
      assertEquals(Condition.DAMAGED, memory.condition());
    }
    try (FileMemory memory = open()) {
      assertEquals(Condition.DAMAGED, memory.condition());
      state = last(new SmallMeter(memory).run(1, new Random(3)));
      // What was claimed has not changed, perhaps: this has.
      memory.cells("damage seen", 1).set(0, 1);
      memory.commit();
    }
    assertTrue(Files.exists(directory.resolve("journal-" + newest + ".damaged-1")));
    assertTrue(
        Arrays.equals(
            damaged, Files.readAllBytes(directory.resolve("snapshot-" + newest + ".damaged-1"))));
    check(Condition.SOUND, state);
    state = last(run(300, 2));
    check(Condition.SOUND, state);
  }

  @Test
  void aSecondDamageSetsAsideBesideTheFirst() throws IOException {
    for (int damage = 1; damage <= 3; damage++) {
      run(3, damage);
      long newest = newest();
      flip("journal-" + newest, 36);
      try (FileMemory memory = open()) {
        assertEquals(Condition.DAMAGED, memory.condition());
        memory.cells("seen", damage).set(0, damage);
        memory.commit();
      }
      assertTrue(Files.exists(directory.resolve("journal-" + newest + ".damaged-1")));
    }
    try (FileMemory memory = open()) {
      assertEquals(Condition.SOUND, memory.condition());
    }
  }

  @Test
  void aKillBeforeAllWasSetAsideDoesNoHarm() throws IOException {
    run(250, 1);
    long newest = newest();
    byte[] journal = Files.readAllBytes(directory.resolve("journal-" + newest));
    flip("journal-" + newest, 50);
    String state;
    try (FileMemory memory = open()) {
      SmallMeter meter = new SmallMeter(memory);
      memory.cells("damage seen", 1).set(0, 1);
      memory.commit();
      state = meter.state();
    }
    Files.write(directory.resolve("journal-" + newest), journal);
    check(Condition.SOUND, state);
    state = last(run(5, 8));
    check(Condition.SOUND, state);
    assertTrue(Files.exists(directory.resolve("journal-" + newest + ".damaged-2")));
  }

  @Test
  void ifNothingCanBeSavedItBeginsEmptyAndSaysSo() throws IOException {
    run(20, 4);
    flip("journal-0", 40);
    try (FileMemory memory = open()) {
      assertEquals(Condition.DAMAGED, memory.condition());
      assertTrue(memory.beganEmpty());
      assertNull(memory.octets("text").get());
    }
  }

  @Test
  void namesThatNobodyClaimsAreKept() throws IOException {
    try (FileMemory memory = open()) {
      memory.cells("old", 2).set(1, 77);
      memory.octets("older").set(Octets.ofAscii("abc"));
      Ring ring = memory.ring("oldest", 1, 3);
      ring.append();
      ring.set(0, 5);
      memory.commit();
    }
    run(250, 1);
    assertTrue(newest() > 2);
    try (FileMemory memory = open()) {
      assertEquals(77, memory.cells("old", 2).get(1));
      assertEquals(Octets.ofAscii("abc"), memory.octets("older").get());
      assertEquals(5, memory.ring("oldest", 1, 3).get(1, 0));
    }
  }

  @Test
  void whatHasAnotherShapeBeginsEmpty() {
    try (FileMemory memory = open()) {
      memory.cells("a", 2).set(1, 77);
      memory.ring("b", 1, 3).append();
      memory.ring("c", 1, 3).append();
      memory.octets("d").set(Octets.of(1));
      memory.cells("e", 1).set(0, 5);
      memory.commit();
    }
    for (int session = 0; session < 2; session++) {
      try (FileMemory memory = open()) {
        assertEquals(session == 0 ? 0 : 9, memory.cells("a", 3).get(1));
        assertEquals(session, memory.ring("b", 2, 3).inUse());
        assertEquals(session, memory.ring("c", 1, 4).inUse());
        assertEquals(session, memory.cells("d", 1).get(0));
        assertEquals(5, memory.cells("e", 1).get(0), "this has the same");
        assertEquals(Condition.SOUND, memory.condition());
        memory.commit();
      }
      if (session == 0) {
        try (FileMemory memory = open()) {
          memory.cells("a", 3).set(1, 9);
          memory.ring("b", 2, 3).append();
          memory.ring("c", 1, 4).append();
          memory.cells("d", 1).set(0, 1);
          memory.commit();
        }
      }
    }
  }

  @Test
  void aDirectoryIsForOneAtATime() {
    try (FileMemory memory = open()) {
      assertEquals(Condition.NEW, memory.condition());
      MemoryFailureException refused = assertThrows(MemoryFailureException.class, this::open);
      assertEquals(directory.toAbsolutePath(), refused.file());
      assertTrue(String.valueOf(refused.getMessage()).contains("in use"));
    }
    open().close();
  }

  @Test
  void afterAFailureNothingIsSaidToBeKeptAnyMore() throws IOException {
    Path elsewhere = parent.resolve("elsewhere");
    List<String> states;
    String after;
    try (FileMemory memory = open()) {
      SmallMeter meter = new SmallMeter(memory);
      states = meter.run(5, new Random(1));
      memory.requireKept();
      Files.move(directory, elsewhere);
      Random random = new Random(2);
      MemoryFailureException failure =
          assertThrows(
              MemoryFailureException.class,
              () -> {
                while (true) {
                  meter.step(random);
                  states.add(meter.state());
                }
              });
      assertEquals(directory.resolve("journal-1").toAbsolutePath(), failure.file());
      after = meter.state();
      assertSame(failure, assertThrows(MemoryFailureException.class, memory::commit));
      assertSame(failure, assertThrows(MemoryFailureException.class, memory::requireKept));
    }
    directory = elsewhere;
    try (FileMemory memory = open()) {
      assertEquals(Condition.SOUND, memory.condition());
      String state = new SmallMeter(memory).state();
      assertTrue(state.equals(after) || state.equals(last(states)));
    }
  }

  @Test
  void aClosedMemoryKeepsNothing() {
    FileMemory memory = open();
    memory.cells("a", 1).set(0, 1);
    memory.commit();
    memory.close();
    memory.close();
    assertThrows(MemoryFailureException.class, memory::commit);
    assertThrows(MemoryFailureException.class, memory::requireKept);
  }

  @Test
  void anInterruptDoesNotEndAMemory() {
    String state;
    try (FileMemory memory = open()) {
      SmallMeter meter = new SmallMeter(memory);
      Thread.currentThread().interrupt();
      state = last(meter.run(160, new Random(1)));
      assertTrue(Thread.interrupted());
    }
    check(Condition.SOUND, state);
  }

  @Test
  void everyPolicyKeepsAll() {
    for (SyncPolicy policy :
        List.of(SyncPolicy.EACH_COMMIT, SyncPolicy.everySeconds(7), SyncPolicy.NEVER)) {
      directory = parent.resolve("policy" + policy.commits());
      String state;
      try (FileMemory memory = FileMemory.open(directory, policy, SHORT_JOURNAL)) {
        state = last(new SmallMeter(memory).run(100, new Random(1)));
      }
      check(Condition.SOUND, state);
    }
    assertThrows(IllegalArgumentException.class, () -> SyncPolicy.everySeconds(0));
    assertThrows(IllegalArgumentException.class, () -> new SyncPolicy(-1));
  }

  @Test
  void filesOfAnotherVersionAreRefusedAndNotTouched() throws IOException {
    run(5, 1);
    Path journal = directory.resolve("journal-0");
    byte[] octets = Files.readAllBytes(journal);
    octets[8] = 2;
    CRC32C checksum = new CRC32C();
    checksum.update(octets, 0, 28);
    ByteBuffer.wrap(octets).putInt(28, (int) checksum.getValue());
    Files.write(journal, octets);
    MemoryFailureException refused = assertThrows(MemoryFailureException.class, this::open);
    assertEquals(journal.toAbsolutePath(), refused.file());
    assertTrue(Arrays.equals(octets, Files.readAllBytes(journal)));
  }
}
