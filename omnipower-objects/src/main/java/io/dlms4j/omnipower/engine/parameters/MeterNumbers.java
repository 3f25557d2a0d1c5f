package io.dlms4j.omnipower.engine.parameters;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.engine.core.Concern;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.OctetCell;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Numbers and names of the meter (DLMS description 3.1): as it was made with them, unless somebody
 * has written others since.
 */
public final class MeterNumbers implements Concern {
  private static final int MODULE_ID_OCTETS = 32;
  private static final int NUMBER_LOW_OCTETS = 3;

  private final Catalogue catalogue;
  private final WrittenNumber number1;
  private final WrittenNumber number2;
  private final WrittenNumber number3;
  private final WrittenNumber specialData1;
  private final WrittenNumber specialData2;
  private final OctetCell moduleId;
  private MeterIdentity original = MeterIdentity.builder().build();

  /**
   * Makes numbers that go on.
   *
   * @param catalogue the objects of the meter
   * @param memory where those are kept that were written
   */
  public MeterNumbers(Catalogue catalogue, PermanentMemory memory) {
    this.catalogue = catalogue;
    this.number1 = new WrittenNumber(memory, "MeterNo1", MeterIdentity::meterNumber1);
    this.number2 = new WrittenNumber(memory, "MeterNo2", MeterIdentity::meterNumber2);
    this.number3 = new WrittenNumber(memory, "MeterNo3", MeterIdentity::meterNumber3);
    this.specialData1 = new WrittenNumber(memory, "SpecialData", MeterIdentity::specialData1);
    this.specialData2 = new WrittenNumber(memory, "SpecialData2", MeterIdentity::specialData2);
    this.moduleId = memory.octets("ModuleId");
  }

  /** A number that may be written: Unsigned32. */
  private final class WrittenNumber {
    private static final int WRITTEN = 0;
    private static final int VALUE = 1;

    private final String name;
    private final Cells cells;
    private final ToLongFunction<MeterIdentity> made;

    WrittenNumber(PermanentMemory memory, String name, ToLongFunction<MeterIdentity> made) {
      this.name = name;
      this.cells = memory.cells(name, 2);
      this.made = made;
    }

    long value() {
      return cells.get(WRITTEN) == 1 ? cells.get(VALUE) : made.applyAsLong(original);
    }

    DataAccessResult write(long value) {
      cells.set(WRITTEN, 1);
      cells.set(VALUE, value);
      return DataAccessResult.SUCCESS;
    }

    void describe(Readings readings) {
      readings.setting(name, this::value, this::write);
    }
  }

  /**
   * Says what the meter was made with. Without that, the vendor's examples.
   *
   * @param identity numbers and names
   */
  public void identify(MeterIdentity identity) {
    original = identity;
  }

  /**
   * Numbers and names as they are now.
   *
   * @return what the meter was made with, and what was written since
   */
  public MeterIdentity identity() {
    return new MeterIdentity(
        number1.value(),
        number2.value(),
        number3.value(),
        original.serialNumber(),
        original.identificationNumber(),
        original.softwareNumber(),
        original.softwareRevision(),
        original.typeNumber(),
        specialData1.value(),
        specialData2.value());
  }

  @Override
  public void step(Second second) {}

  @Override
  public void describe(Readings readings) {
    number1.describe(readings);
    number2.describe(readings);
    number3.describe(readings);
    specialData1.describe(readings);
    specialData2.describe(readings);
    readings.octets("MeterNoLow", this::numberLow, this::writeNumberLow);
    readings.octets(
        "ModuleId",
        () -> {
          Octets written = moduleId.get();
          return written == null ? Octets.EMPTY : written;
        },
        this::writeModuleId);
    readings.number("SerialNo", () -> original.serialNumber());
    text(readings, "IdentificationNumber", MeterIdentity::identificationNumber);
    text(readings, "SoftwareNumberRevisionAscii", MeterIdentity::softwareNumberAndRevision);
    text(readings, "SoftwareRevision", MeterIdentity::softwareRevision);
    text(readings, "CompleteMeterTypeNo", MeterIdentity::typeNumber);
  }

  private void text(Readings readings, String name, Function<MeterIdentity, String> made) {
    if (catalogue.find(name).isPresent()) {
      readings.octets(name, () -> Octets.ofAscii(made.apply(original)), null);
    }
  }

  /** The three high octets of the meter number, as in both of the vendor's examples. */
  private Octets numberLow() {
    int high = (int) (number1.value() / 256);
    return Octets.of(high >>> 16, (high >>> 8) & 0xFF, high & 0xFF);
  }

  /** Writes the three high octets: the lowest stays. */
  private DataAccessResult writeNumberLow(Octets value) {
    if (value.length() != NUMBER_LOW_OCTETS) {
      return DataAccessResult.OTHER_REASON;
    }
    long high = 0;
    for (int i = 0; i < NUMBER_LOW_OCTETS; i++) {
      high = high * 256 + value.at(i);
    }
    return number1.write(high * 256 + number1.value() % 256);
  }

  private DataAccessResult writeModuleId(Octets value) {
    if (value.length() > MODULE_ID_OCTETS) {
      return DataAccessResult.OTHER_REASON;
    }
    moduleId.set(value);
    return DataAccessResult.SUCCESS;
  }
}
