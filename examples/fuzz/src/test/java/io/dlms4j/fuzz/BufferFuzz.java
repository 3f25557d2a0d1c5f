package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.BufferCompressor;
import io.dlms4j.axdr.BufferDecompressor;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.axdr.ProfileColumns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

class BufferFuzz {
  private static final int MOST_COLUMNS = 8;

  static List<byte[]> buffers() {
    String dateTime = "09 0C 07 EA 0B 14 05 00 00 00 FF 80 00 00";
    return List.of(
        // Two columns, the first a clock with a period of 15 minutes: in full, then null and delta.
        hex("01 0F 02 02" + dateTime + "06 00 00 00 05  02 02 00 1F 03  02 02 00 1C FF"),
        // One column, no clock.
        hex("00 00 02 01 11 FE  02 01 1F 01  02 01 1F 01"),
        // A clock whose minutes are left open, advanced by quarters.
        hex("00 8F 02 01 09 0C 07 EA 0B 14 05 00 FF FF FF 80 00 00  02 01 00"),
        hex("00 00 02 01 00"));
  }

  private static byte[] hex(String hex) {
    return Octets.ofHex(hex).toByteArray();
  }

  /** How many columns; the period in minutes, and whether the last column is a clock; the rows. */
  @MethodSource("buffers")
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void anyRowsAreRestoredOrRefusedAndWhatWasRestoredIsCompressedAgain(byte[] input) {
    if (input.length < 2) {
      return;
    }
    int number = 1 + (input[0] & 0xFF) % MOST_COLUMNS;
    int minutes = input[1] & 0x7F;
    Set<Integer> clocks = input[1] < 0 && number > 1 ? Set.of(0, number - 1) : Set.of(0);
    ProfileColumns columns =
        new ProfileColumns(number, clocks, minutes == 0 ? null : Duration.ofMinutes(minutes));
    BufferDecompressor decompressor = new BufferDecompressor(columns);
    List<CosemData> rows = new ArrayList<>();
    AxdrReader reader = AxdrReader.of(Octets.view(input).slice(2, input.length - 2), Pulled.LIMITS);
    try {
      while (reader.hasRemaining()) {
        CosemData row = restore(decompressor, reader.readData());
        if (row != null && isFull(row)) {
          rows.add(row);
        }
      }
    } catch (AxdrException e) {
      // The end of what can be read.
    }
    assertComeBack(columns, rows, true);
    assertComeBack(columns, rows, false);
  }

  private static @Nullable CosemData restore(BufferDecompressor decompressor, CosemData row) {
    try {
      return decompressor.restore(row);
    } catch (AxdrException e) {
      return null;
    }
  }

  /** Whether it may be given to a compressor: a clock without period keeps its null-data. */
  private static boolean isFull(CosemData row) {
    return row.elements().stream().noneMatch(value -> value instanceof CosemData.NullData);
  }

  private static void assertComeBack(ProfileColumns columns, List<CosemData> rows, boolean deltas) {
    BufferCompressor compressor = new BufferCompressor(columns, deltas);
    BufferDecompressor decompressor = new BufferDecompressor(columns);
    for (CosemData row : rows) {
      Octets sent = compressor.compress(row).encode();
      assertEquals(row, decompressor.restore(CosemData.decode(sent)));
    }
  }
}
