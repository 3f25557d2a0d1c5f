package io.dlms4j.examples.cli;

import io.dlms4j.client.ProfileColumn;
import io.dlms4j.client.ProfileRow;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.classes.ProfileGeneric;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import java.util.ArrayList;
import java.util.List;

/** Profiles as a person reads them. */
final class Profiles {
  private static final int LOGGER_STATUS = -1;
  private static final int DATA_QUALITY = -2;

  private final Catalogue catalogue = Catalogue.omnipower();

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

  private String name(AttributeRef attribute) {
    if (attribute.classId() == ProfileGeneric.CLASS.classId()) {
      return switch (attribute.attributeIndex()) {
        case LOGGER_STATUS -> "LoggerStatus";
        case DATA_QUALITY -> "DataQuality";
        default -> attribute.toString();
      };
    }
    return catalogue
        .find(attribute.logicalName())
        .map(CatalogueEntry::name)
        .orElse(attribute.toString());
  }

  /** The values of a row; their units stand in the header. */
  static List<String> cells(ProfileRow row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.values().size(); i++) {
      ProfileColumn column = row.columns().get(i);
      boolean quantity = !column.scalerUnit().equals(ScalerUnit.NONE);
      cells.add(quantity ? row.quantity(i).value().toPlainString() : row.text(i));
    }
    return cells;
  }
}
