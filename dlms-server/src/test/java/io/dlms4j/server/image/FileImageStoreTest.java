package io.dlms4j.server.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileImageStoreTest {
  private static final ImageHeader IMAGE = new ImageHeader(Octets.ofAscii("F1-2.7"), 25, 10);
  private static final Octets TEN = Octets.ofAscii("0123456789");
  private static final Octets FIVE = Octets.ofAscii("abcde");

  @TempDir private Path directory;
  private Path file = Path.of("");
  private Path blocks = Path.of("");

  @BeforeEach
  void name() {
    file = directory.resolve("image");
    blocks = directory.resolve("image.blocks");
  }

  private static BitSet set(int... numbers) {
    BitSet set = new BitSet();
    for (int number : numbers) {
      set.set(number);
    }
    return set;
  }

  private void keepBlocks0And2() throws IOException {
    try (FileImageStore store = FileImageStore.open(file)) {
      store.begin(IMAGE);
      store.write(IMAGE, 2, FIVE);
      store.write(IMAGE, 0, TEN);
    }
  }

  private ImageStore.Contents reopened() throws IOException {
    try (FileImageStore store = FileImageStore.open(file)) {
      return store.load().orElseThrow();
    }
  }

  @Test
  void aNewStoreHasNothing() throws IOException {
    try (FileImageStore store = FileImageStore.open(file)) {
      assertTrue(store.load().isEmpty());
    }
  }

  @Test
  void whatWasWrittenIsThereAfterARestart() throws IOException {
    keepBlocks0And2();
    try (FileImageStore store = FileImageStore.open(file)) {
      ImageStore.Contents contents = store.load().orElseThrow();
      assertEquals(IMAGE, contents.image());
      assertEquals(10, contents.blockSize());
      assertEquals(set(0, 2), contents.blocks());
      ImageHeader image = Objects.requireNonNull(contents.image());
      store.write(image, 1, TEN);
      assertEquals(Octets.ofAscii("89" + "0123456789" + "ab"), store.read(image, 8, 14));
    }
    assertEquals(set(0, 1, 2), reopened().blocks());
    assertArrayEquals(
        Octets.ofAscii("01234567890123456789abcde").toByteArray(), Files.readAllBytes(file));
  }

  @Test
  void aBlockThatTheDiskHasOnlyInPartIsNotThere() throws IOException {
    keepBlocks0And2();
    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
      data.seek(22);
      data.write('X');
    }
    assertEquals(set(0), reopened().blocks());
  }

  @Test
  void blocksThatTheDiskHasNotAtAllAreNotThere() throws IOException {
    keepBlocks0And2();
    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
      data.setLength(24);
    }
    assertEquals(set(0), reopened().blocks());
    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
      data.setLength(0);
    }
    assertEquals(set(), reopened().blocks());
  }

  @Test
  void entriesThatWereCutOffAreBlocksThatAreNotThere() throws IOException {
    keepBlocks0And2();
    try (RandomAccessFile state = new RandomAccessFile(blocks.toFile(), "rw")) {
      state.setLength(state.length() - 1);
    }
    assertEquals(set(0), reopened().blocks());
  }

  @Test
  void aStateThatIsDamagedAnywhereIsRefused() throws IOException {
    keepBlocks0And2();
    byte[] good = Files.readAllBytes(blocks);
    int header = 4 + 4 + 4 + 2 + 6 + 4;
    for (int i = 0; i < header; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x11;
      Files.write(blocks, bad);
      IOException failure = assertThrows(IOException.class, () -> FileImageStore.open(file));
      assertTrue(String.valueOf(failure.getMessage()).contains("is damaged"), "" + i);
    }
    for (int length = 1; length < header; length++) {
      Files.write(blocks, java.util.Arrays.copyOf(good, length));
      assertThrows(IOException.class, () -> FileImageStore.open(file), "" + length);
    }
    Files.write(blocks, good);
    assertEquals(set(0, 2), reopened().blocks());
  }

  @Test
  void anotherImageOrNoneForgetsTheOneBefore() throws IOException {
    keepBlocks0And2();
    try (FileImageStore store = FileImageStore.open(file)) {
      ImageHeader before = Objects.requireNonNull(store.load().orElseThrow().image());
      // An equal one that begins anew is another one all the same.
      ImageHeader again = new ImageHeader(before.identification(), 25, 10);
      store.begin(again);
      assertEquals(set(), store.load().orElseThrow().blocks());
      assertThrows(IOException.class, () -> store.read(before, 0, 1));
      assertThrows(IOException.class, () -> store.write(before, 0, TEN));
      store.clear(50);
      assertThrows(IOException.class, () -> store.read(again, 0, 1));
    }
    assertEquals(50, reopened().blockSize());
    assertNull(reopened().image());
    assertEquals(0, Files.size(file));
  }

  @Test
  void aStoreIsForOneAtATime() throws IOException {
    try (FileImageStore store = FileImageStore.open(file)) {
      store.begin(IMAGE);
      IOException failure = assertThrows(IOException.class, () -> FileImageStore.open(file));
      assertTrue(String.valueOf(failure.getMessage()).contains("in use"), failure::toString);
      store.write(IMAGE, 0, TEN);
    }
    assertEquals(set(0), reopened().blocks());
  }

  @Test
  void bothStoresKeepTheSame() throws IOException {
    try (FileImageStore inFile = FileImageStore.open(file)) {
      for (ImageStore store : List.of(inFile, new InMemoryImageStore())) {
        store.begin(IMAGE);
        store.write(IMAGE, 2, FIVE);
        store.write(IMAGE, 2, Octets.ofAscii("ABCDE"));
        assertEquals(set(2), store.load().orElseThrow().blocks());
        assertEquals(Octets.ofAscii("BCDE"), store.read(IMAGE, 21, 4));
        StoredImage image = new StoredImage(IMAGE, store);
        assertThrows(IndexOutOfBoundsException.class, () -> image.read(21, 5));
        assertThrows(IndexOutOfBoundsException.class, () -> image.read(-1, 1));
        assertEquals(25, image.stream().readAllBytes().length);
        store.clear(20);
        assertThrows(IOException.class, () -> image.read(0, 1));
      }
    }
  }
}
