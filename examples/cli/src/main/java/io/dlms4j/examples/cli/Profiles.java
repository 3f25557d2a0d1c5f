package io.dlms4j.examples.cli;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.client.ProfileColumn;
import io.dlms4j.client.ProfileRow;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.classes.Clock;
import io.dlms4j.cosem.classes.ProfileGeneric;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Profiles as a person reads them. */
final class Profiles {
  private static final int LOGGER_STATUS = -1;
  private static final int DATA_QUALITY = -2;

  /**
   * What heads the columns: the vendor's name where it is known, the reference where it is not; and
   * the unit.
   */
  List<String> header(List<ProfileColumn> columns) {
    List<String> header = new ArrayList<>();
    for (ProfileColumn column : columns) {
      String unit = column.scalerUnit().unit().symbol();
      String name = name(column.definition().attribute());
      header.add(unit.isEmpty() ? name : name + " [" + unit + "]");
    }
    return header;
  }

  /** The vendor's name of a profile where it is known, and its OBIS code. */
  String title(String logicalName) {
    return VendorNames.find(ObisCode.of(logicalName))
        .map(entry -> entry.name() + " " + logicalName)
        .orElse(logicalName);
  }

  String name(AttributeRef attribute) {
    if (attribute.classId() == ProfileGeneric.CLASS.classId()) {
      return switch (attribute.attributeIndex()) {
        case LOGGER_STATUS -> "LoggerStatus";
        case DATA_QUALITY -> "DataQuality";
        default -> attribute.toString();
      };
    }
    return VendorNames.find(attribute.logicalName())
        .map(CatalogueEntry::name)
        .orElse(attribute.toString());
  }

  /** The values of a row; their units stand in the header. */
  static List<String> cells(ProfileRow row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.values().size(); i++) {
      cells.add(quantity(row, i).map(BigDecimal::toPlainString).orElse(row.text(i)));
    }
    return cells;
  }

  /** The scaled number in a column that has quantities; nothing if this row has none there. */
  static Optional<BigDecimal> quantity(ProfileRow row, int column) {
    if (!hasQuantities(row.columns().get(column))) {
      return Optional.empty();
    }
    try {
      return Optional.of(row.quantity(column).value());
    } catch (AxdrException e) {
      // A hole in the column, such as null-data: the row is worth showing all the same.
      return Optional.empty();
    }
  }

  static boolean hasQuantities(ProfileColumn column) {
    return !column.scalerUnit().equals(ScalerUnit.NONE);
  }

  static boolean isClock(ProfileColumn column) {
    return column.definition().attribute().classId() == Clock.CLASS.classId();
  }

  /** The point in time in a column that holds a clock; nothing if this row has none there. */
  static Optional<CosemDateTime> dateTime(ProfileRow row, int column) {
    try {
      return isClock(row.columns().get(column))
          ? Optional.of(row.dateTime(column))
          : Optional.empty();
    } catch (AxdrException e) {
      return Optional.empty();
    }
  }
}
