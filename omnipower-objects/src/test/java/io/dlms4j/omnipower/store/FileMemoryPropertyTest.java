package io.dlms4j.omnipower.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.store.PermanentMemory.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Directories with anything in them: what is opened is a state that was committed, or a declared
 * refusal.
 */
class FileMemoryPropertyTest {
  private static final int SHORT_JOURNAL = 1_500;
  private static final int STEPS = 60;

  /** A directory that was left, with each state that had been committed in it. */
  private record Left(Map<String, byte[]> files, List<String> states) {
    String last() {
      return states.get(states.size() - 1);
    }
  }

  private static Path parent = Path.of("");
  private static Left left = new Left(Map.of(), List.of());

  /** Makes one directory, of which each try has its own copy: syncing takes the time. */
  @BeforeContainer
  static void leaveADirectory() throws IOException {
    parent = Files.createTempDirectory("memory");
    Path directory = parent.resolve("left");
    List<String> states;
    try (FileMemory memory = FileMemory.open(directory, SyncPolicy.NEVER, SHORT_JOURNAL)) {
      states = new SmallMeter(memory).run(STEPS, new Random(11));
    }
    left = new Left(read(directory), states);
    assertTrue(left.files().size() == 4, () -> left.files().keySet().toString());
  }

  @AfterContainer
  static void clean() throws IOException {
    empty(parent);
  }

  private static Map<String, byte[]> read(Path directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.toList()) {
        if (!file.endsWith("lock")) {
          files.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  private static void empty(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** Opens a directory with such files, and gives its condition and its state. */
  private static Map.Entry<Condition, String> open(Map<String, byte[]> files) {
    try {
      Path directory = parent.resolve("tried");
      Files.createDirectories(directory);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(directory.resolve(file.getKey()), file.getValue());
      }
      try (FileMemory memory = FileMemory.open(directory, SyncPolicy.NEVER, SHORT_JOURNAL)) {
        return Map.entry(memory.condition(), new SmallMeter(memory).state());
      } finally {
        empty(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(int choice) {
    return List.copyOf(left.files().keySet()).get(choice);
  }

  private static Map<String, byte[]> with(String name, byte[] contents) {
    Map<String, byte[]> files = new TreeMap<>(left.files());
    files.put(name, contents);
    return files;
  }

  private static byte[] octets(String name) {
    byte[] octets = left.files().get(name);
    return octets == null ? new byte[0] : octets.clone();
  }

  @Property(tries = 1)
  void whatWasLeftIsThere() {
    assertEquals(Map.entry(Condition.SOUND, left.last()), open(left.files()));
  }

  @Property(tries = 400)
  void aFlippedBitIsSeenAndGivesAStateThatWasCommitted(
      @ForAll @IntRange(max = 3) int choice,
      @ForAll @IntRange(max = 999_999) int where,
      @ForAll @IntRange(max = 7) int bit) {
    String name = file(choice);
    byte[] octets = octets(name);
    octets[where % octets.length] ^= (byte) (1 << bit);
    Map.Entry<Condition, String> found = open(with(name, octets));
    assertEquals(Condition.DAMAGED, found.getKey());
    assertTrue(left.states().contains(found.getValue()));
    boolean onlyTheNewestJournalHasIt = name.equals("journal-" + newest());
    assertTrue(onlyTheNewestJournalHasIt || found.getValue().equals(left.last()));
  }

  private static long newest() {
    return left.files().keySet().stream()
        .mapToLong(name -> Long.parseLong(name.substring(name.indexOf('-') + 1)))
        .max()
        .orElseThrow();
  }

  @Property(tries = 250)
  void aFileThatIsCutGivesAStateThatWasCommitted(
      @ForAll @IntRange(max = 3) int choice, @ForAll @IntRange(max = 999_999) int length) {
    String name = file(choice);
    byte[] octets = octets(name);
    Map.Entry<Condition, String> found =
        open(with(name, Arrays.copyOf(octets, length % octets.length)));
    assertTrue(left.states().contains(found.getValue()));
    // Its last records may not have been written at all; of anything else it is known better.
    assertTrue(
        name.equals("journal-" + newest())
            || (found.getKey() == Condition.DAMAGED && found.getValue().equals(left.last()))
            || (found.getKey() == Condition.SOUND && onlyItsLastRecordIsCut(name, length)));
  }

  /** The one that says that the next generation has begun, which is said by its files as well. */
  private static boolean onlyItsLastRecordIsCut(String name, int length) {
    int octets = octets(name).length;
    return name.startsWith("journal-")
        && length % octets >= octets - MemoryFormat.RECORD_HEADER - MemoryFormat.CHECKSUM;
  }

  @Property(tries = 250)
  void whatIsAppendedIsSeenUnlessItCouldBeARecordThatWasNotFinished(
      @ForAll @IntRange(max = 3) int choice, @ForAll byte[] appended) {
    String name = file(choice);
    byte[] octets = octets(name);
    byte[] longer = Arrays.copyOf(octets, octets.length + appended.length);
    System.arraycopy(appended, 0, longer, octets.length, appended.length);
    Map.Entry<Condition, String> found = open(with(name, longer));
    assertEquals(left.last(), found.getValue());
    boolean couldBe =
        appended.length == 0
            || (name.equals("journal-" + newest()) && appended.length < MemoryFormat.RECORD_HEADER);
    assertEquals(couldBe ? Condition.SOUND : Condition.DAMAGED, found.getKey());
  }

  @Property(tries = 250)
  void anyMixtureOfDamagesGivesAStateThatWasCommitted(@ForAll long seed) {
    Random random = new Random(seed);
    Map<String, byte[]> files = new TreeMap<>(left.files());
    for (int damage = 1 + random.nextInt(4); damage > 0; damage--) {
      String name = file(random.nextInt(4));
      byte[] octets = files.getOrDefault(name, new byte[0]).clone();
      switch (random.nextInt(6)) {
        case 0 -> files.remove(name);
        case 1 -> files.put(name, Arrays.copyOf(octets, random.nextInt(octets.length + 1)));
        case 2 -> files.put(name, files.getOrDefault(file(random.nextInt(4)), octets));
        case 3 -> files.put(name.substring(0, name.indexOf('-')) + "-" + random.nextInt(9), octets);
        default -> {
          if (octets.length > 0) {
            int from = random.nextInt(octets.length);
            for (int i = from; i < Math.min(octets.length, from + 20); i++) {
              octets[i] = (byte) random.nextInt();
            }
            files.put(name, octets);
          }
        }
      }
    }
    assertTrue(left.states().contains(open(files).getValue()));
  }

  @Property(tries = 250)
  void filesOfAnyOctetsGiveAnEmptyMemory(@ForAll byte[] snapshot, @ForAll byte[] journal) {
    Map.Entry<Condition, String> found =
        open(Map.of("snapshot-1", snapshot, "journal-1", journal, "journal-0", snapshot));
    assertNotEquals(Condition.SOUND, found.getKey());
    assertEquals(left.states().get(0), found.getValue());
  }

  /** Whoever can make checksums can write any record: it is understood, or refused as such. */
  @Property(tries = 600)
  void recordsOfAnyOctetsWithRightChecksumsAreTakenOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    RecordWriter record = new RecordWriter(64);
    for (int item = random.nextInt(6); item >= 0; item--) {
      writeItem(random, record);
    }
    new MemoryFormat().seal(record, 0, 1);
    byte[] header = new MemoryFormat.FileHeader(MemoryFormat.Kind.JOURNAL, false, 0, 0).toOctets();
    byte[] journal = Arrays.copyOf(header, header.length + record.length());
    System.arraycopy(record.buffer(), 0, journal, header.length, record.length());
    try {
      assertNotEquals(Condition.NEW, open(Map.of("journal-0", journal)).getKey());
    } catch (MemoryFailureException e) {
      assertTrue(e.file().endsWith("journal-0"));
    }
  }

  /** Something that is right, or nearly so. */
  private static void writeItem(Random random, RecordWriter record) {
    switch (random.nextInt(8)) {
      case 0 -> record.number(random.nextLong() >>> random.nextInt(64));
      case 1 -> record.number(1 + random.nextInt(3));
      case 2 -> record.word(random.nextInt());
      default -> {
        record.number(0);
        record.text(List.of("totals", "text", "profile", "events", "").get(random.nextInt(5)));
        record.octet(random.nextInt(5));
        record.number(random.nextInt(6) == 0 ? random.nextLong() : random.nextInt(12));
        record.number(random.nextInt(6) == 0 ? random.nextLong() : random.nextInt(80));
      }
    }
  }
}
