package io.dlms4j.cosem.acse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformanceTest {
  /** Green Book 9.4.6.1: bits of the block, and which kind of name each belongs to. */
  @ParameterizedTest
  @CsvSource({
    "400000, general-protection, LN SN",
    "200000, general-block-transfer, LN SN",
    "100000, read, SN",
    "080000, write, SN",
    "040000, unconfirmed-write, SN",
    "020000, delta-value-encoding, LN SN",
    "008000, attribute0-supported-with-set, LN",
    "004000, priority-mgmt-supported, LN",
    "002000, attribute0-supported-with-get, LN",
    "001000, block-transfer-with-get-or-read, LN SN",
    "000800, block-transfer-with-set-or-write, LN SN",
    "000400, block-transfer-with-action, LN",
    "000200, multiple-references, LN SN",
    "000100, information-report, SN",
    "000080, data-notification, LN SN",
    "000040, access, LN",
    "000020, parameterized-access, SN",
    "000010, get, LN",
    "000008, set, LN",
    "000004, selective-access, LN",
    "000002, event-notification, LN",
    "000001, action, LN"
  })
  void everyServiceHasItsBitAndItsNames(String block, String name, String contexts) {
    int bits = Integer.parseInt(block, 16);
    Set<Conformance> services = Conformance.ofBits(bits);
    assertEquals(1, services.size());
    Conformance service = services.iterator().next();
    assertEquals(name, service.toString());
    assertEquals(bits, Conformance.toBits(services));
    for (ApplicationContextName context :
        Set.of(
            ApplicationContextName.LOGICAL_NAME_REFERENCING,
            ApplicationContextName.LOGICAL_NAME_REFERENCING_WITH_CIPHERING)) {
      assertEquals(contexts.contains("LN"), service.isOf(context));
    }
    for (ApplicationContextName context :
        Set.of(
            ApplicationContextName.SHORT_NAME_REFERENCING,
            ApplicationContextName.SHORT_NAME_REFERENCING_WITH_CIPHERING)) {
      assertEquals(contexts.contains("SN"), service.isOf(context));
    }
  }

  @Test
  void reservedBitsAreIgnored() {
    assertEquals(EnumSet.allOf(Conformance.class), Conformance.ofBits(0xFFFFFF));
    assertEquals(0x7EFFFF, Conformance.toBits(EnumSet.allOf(Conformance.class)));
    assertEquals(Set.of(), Conformance.ofBits(0x810000));
  }
}
