package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BlockSenderTest {
  /** Pieces of given lengths, whose octets count on and on. */
  private static final class Pieces implements DataStream {
    final List<Integer> lengths;
    int piecesTaken;
    int octetsTaken;

    Pieces(List<Integer> lengths) {
      this.lengths = lengths;
    }

    int total() {
      return lengths.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public boolean writeNext(AxdrWriter writer) {
      if (piecesTaken == lengths.size()) {
        return false;
      }
      for (int i = lengths.get(piecesTaken++); i > 0; i--) {
        writer.writeUnsigned8(octetsTaken++ % 251);
      }
      return true;
    }
  }

  @Property(tries = 1000)
  void theBlocksOneAfterTheOtherAreTheStream(
      @ForAll("lengths") List<Integer> lengths,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 60) Integer> rooms,
      @ForAll boolean wholePieces,
      @ForAll @IntRange(max = 100) int ahead) {
    Pieces pieces = new Pieces(lengths);
    BlockSender sender = new BlockSender(pieces, wholePieces);
    Set<Integer> ends = ends(lengths);
    int total = pieces.total();
    int sent = 0;
    for (int i = 0; ahead % 2 == 0 ? !sender.fits(0) : sent < total; i++) {
      int room = rooms.get(i % rooms.size());
      if (ahead > 0) {
        assertEquals(total - sent <= room + ahead, sender.fits(room + ahead));
      }
      Octets block = sender.next(room);
      int length = block.length();
      assertTrue(length >= 1 && length <= room);
      for (int at = 0; at < length; at++) {
        assertEquals((sent + at) % 251, block.at(at));
      }
      sent += length;
      if (wholePieces) {
        assertEquals(end(ends, sent - length, room), sent);
      } else {
        assertEquals(Math.min(room, total - (sent - length)), length);
      }
    }
    assertEquals(total, sent);
    assertTrue(sender.fits(0));
    assertEquals(Octets.EMPTY, sender.next(10));
  }

  private static Set<Integer> ends(List<Integer> lengths) {
    Set<Integer> ends = new HashSet<>();
    int end = 0;
    for (int length : lengths) {
      end += length;
      ends.add(end);
    }
    return ends;
  }

  /** The last end of a piece within the room; the room itself if no piece ends in it. */
  private static int end(Set<Integer> ends, int from, int room) {
    return ends.stream()
        .filter(end -> end > from && end <= from + room)
        .max(Integer::compare)
        .orElse(from + room);
  }

  @Property(tries = 500)
  void noMoreThanABlockAndAPieceAreTakenAhead(
      @ForAll("lengths") List<Integer> lengths,
      @ForAll @IntRange(min = 1, max = 60) int room,
      @ForAll boolean wholePieces) {
    Pieces pieces = new Pieces(lengths);
    BlockSender sender = new BlockSender(pieces, wholePieces);
    int sent = 0;
    while (!sender.fits(0)) {
      int block = sender.next(room).length();
      int longest = lengths.get(pieces.piecesTaken - 1);
      assertTrue(pieces.octetsTaken - sent <= room + longest);
      sent += block;
    }
  }

  @Test
  void aLongPieceIsNotCopiedForEveryBlock() {
    int octets = 4 << 20;
    DataStream stream = DataStream.of(CosemData.octetString(Octets.view(new byte[octets])));
    BlockSender sender = new BlockSender(stream, false);
    int sent = 0;
    int blocks = 0;
    // Two million blocks of a value that is 4 MiB long: hours, if each of them moved the rest.
    while (!sender.fits(0)) {
      sent += sender.next(2).length();
      blocks++;
    }
    assertEquals(octets + 5, sent);
    assertEquals(sent / 2 + 1, blocks);
  }

  @Provide
  Arbitrary<List<Integer>> lengths() {
    return Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.integers().between(1, 20)),
            Tuple.of(1, Arbitraries.integers().between(1, 300)))
        .list()
        .ofMaxSize(30);
  }

  @Test
  void aBlockIsNotWrittenOverByTheNextOne() {
    BlockSender sender = new BlockSender(new Pieces(List.of(3, 3, 3)), false);
    List<Octets> blocks = new ArrayList<>();
    while (!sender.fits(0)) {
      blocks.add(sender.next(4));
    }
    assertEquals(List.of(Octets.of(0, 1, 2, 3), Octets.of(4, 5, 6, 7), Octets.of(8)), blocks);
  }
}
