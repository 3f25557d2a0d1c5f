package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDate;

/** restriction_element: which rows of a profile are pushed (Blue Book 4.4.8). */
public sealed interface PushRestriction {
  /** Its type: an enum, and what goes with it. */
  ValueType<PushRestriction> TYPE =
      ValueType.structure(
          "restriction_element",
          PushRestriction::decode,
          field("restriction_type", ValueType.ENUM, PushRestriction::restrictionType),
          field("restriction_value", ValueType.ANY, PushRestriction::restrictionValue));

  /**
   * restriction_type.
   *
   * @return 0 for none, 1 by date, 2 by entry
   */
  int restrictionType();

  /**
   * restriction_value.
   *
   * @return what goes with the type
   */
  CosemData restrictionValue();

  private static PushRestriction decode(StructureFields in) {
    int type = in.next(ValueType.ENUM);
    return switch (type) {
      case None.CODE -> new None(in.next("restriction_value", ValueType.ANY));
      case ByDate.CODE -> in.next("restriction_value", ByDate.TYPE);
      case ByEntry.CODE -> in.next("restriction_value", ByEntry.TYPE);
      default ->
          throw Fields.malformed("restriction_type " + type + " is not defined", ValueType.CLAUSE);
    };
  }

  /**
   * All rows.
   *
   * @param restrictionValue null-data, or what a meter has in its place
   */
  record None(CosemData restrictionValue) implements PushRestriction {
    private static final int CODE = 0;

    /** With null-data. */
    public None() {
      this(CosemData.nullData());
    }

    @Override
    public int restrictionType() {
      return CODE;
    }
  }

  /**
   * The rows of some days.
   *
   * @param fromDate the first day
   * @param toDate the last day
   */
  record ByDate(CosemDate fromDate, CosemDate toDate) implements PushRestriction {
    private static final int CODE = 1;
    private static final ValueType<ByDate> TYPE =
        ValueType.structure(
            "restriction_by_date",
            in -> new ByDate(in.next(ValueType.DATE), in.next(ValueType.DATE)),
            field("from_date", ValueType.DATE, ByDate::fromDate),
            field("to_date", ValueType.DATE, ByDate::toDate));

    @Override
    public int restrictionType() {
      return CODE;
    }

    @Override
    public CosemData restrictionValue() {
      return TYPE.encode(this);
    }
  }

  /**
   * The rows of some numbers.
   *
   * @param fromEntry the first
   * @param toEntry the last
   */
  record ByEntry(long fromEntry, long toEntry) implements PushRestriction {
    private static final int CODE = 2;
    private static final ValueType<ByEntry> TYPE =
        ValueType.structure(
            "restriction_by_entry",
            in ->
                new ByEntry(
                    in.next(ValueType.DOUBLE_LONG_UNSIGNED),
                    in.next(ValueType.DOUBLE_LONG_UNSIGNED)),
            field("from_entry", ValueType.DOUBLE_LONG_UNSIGNED, ByEntry::fromEntry),
            field("to_entry", ValueType.DOUBLE_LONG_UNSIGNED, ByEntry::toEntry));

    @Override
    public int restrictionType() {
      return CODE;
    }

    @Override
    public CosemData restrictionValue() {
      return TYPE.encode(this);
    }
  }
}
