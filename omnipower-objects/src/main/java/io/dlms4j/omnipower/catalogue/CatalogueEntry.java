package io.dlms4j.omnipower.catalogue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.Unit;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One object of the vendor's list (vendor's DLMS description, chapter 3).
 *
 * @param name the vendor's name, by which everything else speaks of the object
 * @param classId class_id of its interface class
 * @param version version of the class
 * @param logicalName its OBIS code
 * @param type type of attribute 2 of a Data object or register; null where the class says it
 * @param unit unit of a register; {@link Unit#NONE} for other objects
 * @param scaler scaler of a register; null if it follows the resolution of energies
 * @param access what may be done with attribute 2 of it by a client with a password
 * @param variants the meters that have it
 * @param publicIn the meters whose public association sees it
 * @param defaultValue what a meter shows that does not know it; null if that is nothing
 * @param description what it is
 */
public record CatalogueEntry(
    String name,
    int classId,
    int version,
    ObisCode logicalName,
    @Nullable DataTag type,
    Unit unit,
    @Nullable Integer scaler,
    Access access,
    Set<MeterVariant> variants,
    Set<MeterVariant> publicIn,
    @Nullable Long defaultValue,
    String description) {
  private static final long NONE = 0;

  /** What may be done with attribute 2 of an object. */
  public enum Access {
    /** Nothing: it stands for a column of a logger. */
    CAPTURED_ONLY("-"),
    /** It is read. */
    READ("R"),
    /** It is written, and never read. */
    WRITE("W"),
    /** It is read and written. */
    READ_AND_WRITE("RW"),
    /** It is read, and written from the primary module's port only. */
    READ_AND_WRITE_BY_PRIMARY_MODULE("R(W)");

    private final String letters;

    Access(String letters) {
      this.letters = letters;
    }

    /**
     * The letters of the vendor's list.
     *
     * @return {@code R}, {@code RW}, {@code R(W)}, {@code W} or {@code -}
     */
    public String letters() {
      return letters;
    }
  }

  /** Keeps copies of the sets. */
  public CatalogueEntry {
    variants = Set.copyOf(variants);
    publicIn = Set.copyOf(publicIn);
  }

  /**
   * The scaler and unit of a register.
   *
   * @param energies the resolution of energies
   * @return attribute 3
   */
  public ScalerUnit scalerUnit(EnergyResolution energies) {
    return new ScalerUnit(scaler == null ? energies.scaler() : scaler, unit);
  }

  /**
   * Puts a number into the type of attribute 2.
   *
   * @param value the number
   * @return the value on the wire
   * @throws IllegalArgumentException if the object holds no number, or not this one
   */
  public CosemData number(long value) {
    if (type == null) {
      throw new IllegalArgumentException(name + " holds no number");
    }
    return switch (type) {
      case UNSIGNED -> CosemData.unsigned(within(value, 0, 0xFF));
      case LONG_UNSIGNED -> CosemData.longUnsigned(within(value, 0, 0xFFFF));
      case DOUBLE_LONG_UNSIGNED -> {
        if (value < 0 || value > 0xFFFF_FFFFL) {
          throw outOfRange(value);
        }
        yield CosemData.doubleLongUnsigned(value);
      }
      case LONG -> CosemData.longInteger(within(value, Short.MIN_VALUE, Short.MAX_VALUE));
      default -> throw new IllegalArgumentException(name + " is " + type + ", not " + value);
    };
  }

  private int within(long value, int min, int max) {
    if (value < min || value > max) {
      throw outOfRange(value);
    }
    return (int) value;
  }

  private IllegalArgumentException outOfRange(long value) {
    return new IllegalArgumentException(value + " is too large or too small for " + name);
  }

  /**
   * Takes the number out of a value of attribute 2.
   *
   * @param value a value that has come over the wire
   * @return the number, or nothing if the value is not of the object's type
   */
  public OptionalLong number(CosemData value) {
    return value.tag() == type && holdsNumber()
        ? OptionalLong.of(value.integralValue())
        : OptionalLong.empty();
  }

  /**
   * Whether attribute 2 is a number.
   *
   * @return true if it is neither a string nor what the class says
   */
  public boolean holdsNumber() {
    return type == DataTag.UNSIGNED
        || type == DataTag.LONG_UNSIGNED
        || type == DataTag.DOUBLE_LONG_UNSIGNED
        || type == DataTag.LONG;
  }

  /**
   * What a meter shows that does not know the object.
   *
   * @return the default, or 0
   */
  public long numberByDefault() {
    return defaultValue == null ? NONE : defaultValue;
  }
}
