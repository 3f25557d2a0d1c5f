package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of APDUs, whatever their items are. */
class ListsTest {
  private static final InvokeIdAndPriority INVOKE_ID = InvokeIdAndPriority.of(1, true, true);

  /** The limit of elements is for arrays and structures; 0 allows none, and lists all the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "05 01 02 FA 00",
        "06 01 02 FA 00 01 11 05",
        "0D 04 00 00 00 00",
        "C0 03 C1 01 0008 0000010000FF 02 00",
        "C5 05 C1 04 00 00 00 00",
        "D9 00000001 00 01 01000100000000000001 01 00"
      })
  void theLimitOfElementsIsNotForTheListsOfAnApdu(String hex) {
    ApduCodec simple = new ApduCodec(DecodeLimits.DEFAULT.withMaxElements(0), Set.of());
    Octets octets = Octets.ofHex(hex);
    assertEquals(octets, simple.encode(simple.decode(octets)));
  }

  @Test
  void theLimitOfElementsIsForEveryDataOfAList() {
    ApduCodec two = new ApduCodec(DecodeLimits.DEFAULT.withMaxElements(2), Set.of());
    Octets twice = Octets.ofHex("0C 02 00 01 02 00 00 00 01 02 00 00");
    assertEquals(twice, two.encode(two.decode(twice)));
    Octets three = Octets.ofHex("0C 02 00 01 02 00 00 00 01 03 00 00 00");
    assertRefusedForItsSize(two, three, "3 elements, where at most 2");
  }

  @Test
  void aListHasNoMoreItemsThanTheLongestApduHasOctets() {
    Octets most = results(0xFFFF);
    assertEquals(most, ApduCodec.STANDARD.encode(ApduCodec.STANDARD.decode(most)));
    assertRefusedForItsSize(ApduCodec.STANDARD, results(0x1_0000), "at most 65535");
  }

  private static Octets results(int number) {
    List<DataAccessResult> results = Collections.nCopies(number, DataAccessResult.SUCCESS);
    return ApduCodec.STANDARD.encode(new SetResponseWithList(INVOKE_ID, results));
  }

  private static void assertRefusedForItsSize(ApduCodec codec, Octets octets, String what) {
    ApduException refusal = assertThrows(ApduException.class, () -> codec.decode(octets));
    assertEquals(
        AxdrException.Kind.LIMIT, assertInstanceOf(AxdrException.class, refusal.getCause()).kind());
    assertTrue(String.valueOf(refusal.getMessage()).contains(what), refusal::getMessage);
  }
}
