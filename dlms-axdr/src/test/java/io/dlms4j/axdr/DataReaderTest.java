package io.dlms4j.axdr;

import static io.dlms4j.axdr.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.dlms4j.axdr.AxdrException.Kind;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataReaderTest {
  private static final String ROW =
      "02 08 09 0C 07DD0A19 05 000F00FF 8000 80 12 0102 06 00000500 0F 01"
          + "06 00000003 06 00000000 06 00000000 06 00000001";

  private static DataReader reader(String hex) {
    return new DataReader(AxdrReader.of(Octets.ofHex(hex)));
  }

  @Test
  void aLoadProfileIsPulledRowByRow() {
    DataReader r = reader("01 02" + ROW + ROW);
    assertEquals(2, r.beginArray());
    for (int row = 0; row < 2; row++) {
      assertEquals(8, r.beginStructure());
      assertEquals("2013-10-25 Fri 00:15:00 status 80", r.readDateTime().toString());
      assertEquals(0x102, r.readIntegral());
      assertEquals(DataTag.DOUBLE_LONG_UNSIGNED, r.peekTag());
      r.skip();
      assertEquals(1, r.readIntegral());
      assertEquals(3, r.readIntegral());
      assertEquals(0, r.readIntegral());
      r.skip();
      assertEquals(1, r.readIntegral());
    }
    r.octets().expectEnd("the profile");
  }

  @ParameterizedTest
  @CsvSource({
    "0F FE, -2",
    "10 FFFE, -2",
    "05 FFFFFFFE, -2",
    "14 FFFFFFFFFFFFFFFE, -2",
    "11 FE, 254",
    "12 FFFE, 65534",
    "06 FFFFFFFE, 4294967294",
    "15 7FFFFFFFFFFFFFFF, 9223372036854775807",
    "16 FE, 254"
  })
  void aWholeNumberIsReadWhateverItsWidth(String hex, long value) {
    DataReader r = reader(hex);
    assertEquals(value, r.readIntegral());
    assertFalse(r.octets().hasRemaining());
  }

  @Test
  void anUnsignedNumberTooLargeForALongIsRefused() {
    assertRefused(Kind.MALFORMED, 1, () -> reader("15 8000000000000000").readIntegral());
    assertRefused(Kind.TRUNCATED, 1, () -> reader("15 80000000000000").readIntegral());
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "03 01", "09 01 05", "0D 05", "17 00000000", "01 00", "FF"})
  void whatIsNoWholeNumberIsRefusedAndLeftUnread(String hex) {
    DataReader r = reader(hex);
    assertRefused(Kind.MALFORMED, 0, r::readIntegral);
    assertEquals(0, r.octets().position());
    r.skip();
    assertFalse(r.octets().hasRemaining());
  }

  @Test
  void aDataOfAnotherTypeIsRefusedWithASentenceAndLeftUnread() {
    DataReader r = reader("12 0005");
    AxdrException refusal = assertRefused(Kind.MALFORMED, 0, r::readOctetString);
    assertEquals(
        "expected octet-string, found long-unsigned (octet 0, Blue Book 4.1.5)",
        refusal.getMessage());
    assertRefused(Kind.MALFORMED, 0, r::beginArray);
    assertRefused(Kind.MALFORMED, 0, r::beginStructure);
    assertRefused(Kind.MALFORMED, 0, r::readBoolean);
    assertRefused(Kind.MALFORMED, 0, r::readDateTime);
    assertEquals(5, r.readIntegral());
    assertRefused(Kind.TRUNCATED, 3, r::peekTag);
    assertRefused(Kind.MALFORMED, 0, reader("0E 00")::peekTag);
  }

  @Test
  void aDateTimeIsReadAsItsOwnTypeAndFromAnOctetString() {
    String twelve = "07DD0A19 05 000F00FF 8000 80";
    CosemDateTime expected = CosemDateTime.decode(Octets.ofHex(twelve));
    assertEquals(expected, reader("19" + twelve).readDateTime());
    assertEquals(expected, reader("09 0C" + twelve).readDateTime());
    assertEquals(expected, reader("09 820 00C" + twelve).readDateTime());
    assertRefused(Kind.MALFORMED, 2, () -> reader("09 0B" + twelve).readDateTime());
    assertRefused(Kind.TRUNCATED, 2, () -> reader("09 0C 07DD").readDateTime());
    assertRefused(
        Kind.MALFORMED, 4, () -> reader("09 0C 07DD0D19 05 000F00FF 8000 80").readDateTime());
  }

  @Test
  void stringsAndBooleansAreRead() {
    Octets octets = Octets.ofHex("09 02 0102 03 FF 03 00");
    AxdrReader cursor = AxdrReader.of(octets);
    DataReader r = new DataReader(cursor);
    assertSame(cursor, r.octets());
    Octets string = r.readOctetString();
    assertEquals(Octets.of(1, 2), string);
    assertSame(octets.array(), string.array());
    assertTrue(r.readBoolean());
    assertFalse(r.readBoolean());
  }

  @Test
  void aNumberOfElementsThatCannotBeThereIsRefused() {
    assertRefused(Kind.TRUNCATED, 2, () -> reader("01 03 00 00").beginArray());
    assertRefused(Kind.TRUNCATED, 2, () -> reader("02 03 00 00").beginStructure());
    assertRefused(Kind.LIMIT, 6, () -> reader("01 84 7FFFFFFF 00").beginArray());
    DecodeLimits one = DecodeLimits.DEFAULT.withMaxElements(1);
    AxdrReader cursor = AxdrReader.of(Octets.ofHex("01 02 00 00"), one);
    assertRefused(Kind.LIMIT, 2, () -> new DataReader(cursor).beginArray());
  }

  @Test
  void pullingNumbersAndSkippingAllocateNothing() {
    Octets value = Octets.ofHex("02 03" + ROW + "19 07DD0A19 05 000F00FF 8000 80 04 09 0102");
    AxdrWriter w = new AxdrWriter();
    for (int i = 0; i < 20_000; i++) {
      w.writeOctets(value).writeOctets(Octets.ofHex("12 0102 06 00000005 14 0000000000000000"));
    }
    DataReader r = new DataReader(AxdrReader.of(w.toOctets()));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long sum = skipAndPull(r, 10_000); // classes are loaded by now
    long before = threads.getThreadAllocatedBytes(thread);
    sum += skipAndPull(r, 10_000);
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    assertEquals(20_000 * (0x102 + 5), sum);
    r.octets().expectEnd("the values");
    assertTrue(allocated < 10_000, allocated + " octets allocated for 10,000 values");
  }

  private static long skipAndPull(DataReader r, int times) {
    long sum = 0;
    for (int i = 0; i < times; i++) {
      r.skip();
      sum += r.readIntegral() + r.readIntegral() + r.readIntegral();
    }
    return sum;
  }

  @Test
  void octetsAreReadIntoAnArrayWhateverTheirLengthAndType() {
    for (int length : new int[] {0, 1, 11, 12, 13, 127, 128, 300}) {
      byte[] octets = new byte[length];
      for (int i = 0; i < length; i++) {
        octets[i] = (byte) (i + 1);
      }
      for (CosemData value :
          List.of(
              CosemData.octetString(Octets.view(octets)),
              new CosemData.Utf8StringData(Octets.view(octets)))) {
        DataReader reader = new DataReader(AxdrReader.of(value.encode()));
        byte[] target = new byte[length + 2];
        assertEquals(length, reader.readOctets(target, 1));
        assertEquals(Octets.view(octets), Octets.view(target, 1, length));
        assertEquals(0, target[0] | target[length + 1]);
        assertEquals(0, reader.octets().remaining());
      }
    }
  }

  @Test
  void octetsWithoutRoomAreLeftUnreadAndThoseThatAreMissingAreSaidToBe() {
    Octets twelve = Octets.ofHex("09 0C 0102030405060708090A0B0C");
    DataReader reader = new DataReader(AxdrReader.of(twelve));
    byte[] target = new byte[12];
    assertRefused(Kind.LIMIT, 2, () -> reader.readOctets(target, 1));
    assertEquals(0, reader.octets().position());
    assertThrows(IndexOutOfBoundsException.class, () -> reader.readOctets(target, -1));
    assertEquals(12, reader.readOctets(target, 0));
    for (int length = 0; length < twelve.length(); length++) {
      DataReader cut = new DataReader(AxdrReader.of(twelve.slice(0, length)));
      assertEquals(
          Kind.TRUNCATED,
          assertThrows(AxdrException.class, () -> cut.readOctets(target, 0)).kind());
    }
  }
}
