package io.dlms4j.omnipower;

import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.MethodAccessMode;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import java.util.Optional;

/**
 * The rights of an association (DLMS description, chapter 3; 2.4.2 for the public one).
 *
 * @param catalogue the objects of the meter
 * @param reader who asks
 */
record MeterRights(Catalogue catalogue, Reader reader) implements AccessPolicy {
  /** LLS_secret of the association. */
  private static final int SECRET = 7;

  /** Whose rights they are. */
  enum Reader {
    /** The public association: it only reads, and some objects only. */
    PUBLIC,
    /** With a password, from the primary module's port. */
    PRIMARY_MODULE,
    /** With a password, from any other port. */
    OTHER
  }

  @Override
  public AttributeAccessMode mode(CosemObject object, int attributeIndex) {
    Optional<CatalogueEntry> entry = catalogue.find(object.logicalName());
    if (entry.isEmpty()) {
      return AttributeAccessMode.NO_ACCESS;
    }
    return reader == Reader.PUBLIC
        ? ofPublic(entry.get(), attributeIndex)
        : withPassword(entry.get(), attributeIndex);
  }

  private AttributeAccessMode ofPublic(CatalogueEntry entry, int attribute) {
    return entry.publicIn().contains(catalogue.variant())
            && !(entry.classId() == 15 && attribute == SECRET)
        ? AttributeAccessMode.READ_ONLY
        : AttributeAccessMode.NO_ACCESS;
  }

  private AttributeAccessMode withPassword(CatalogueEntry entry, int attribute) {
    return switch (entry.classId()) {
      case 1, 3, 4 -> attribute == 2 ? value(entry) : AttributeAccessMode.READ_ONLY;
      case 7 -> writableIf(attribute == 4 && LoggerObject.hasWritablePeriod(entry));
      case 8 -> writableIf(attribute == 2 || attribute == 8);
      case 15 ->
          attribute == SECRET ? AttributeAccessMode.WRITE_ONLY : AttributeAccessMode.READ_ONLY;
      case 18 -> writableIf(attribute == 2);
      case 23 ->
          // Windows and lengths are fixed from OMNIPOWER's revision M1 on.
          writableIf(attribute >= (catalogue.variant().isOmnipower() ? 7 : 3));
      default -> AttributeAccessMode.READ_ONLY;
    };
  }

  private AttributeAccessMode value(CatalogueEntry entry) {
    return switch (entry.access()) {
      case CAPTURED_ONLY -> AttributeAccessMode.NO_ACCESS;
      case READ -> AttributeAccessMode.READ_ONLY;
      case WRITE -> AttributeAccessMode.WRITE_ONLY;
      case READ_AND_WRITE -> AttributeAccessMode.READ_AND_WRITE;
      case READ_AND_WRITE_BY_PRIMARY_MODULE -> writableIf(reader == Reader.PRIMARY_MODULE);
    };
  }

  private static AttributeAccessMode writableIf(boolean writable) {
    return writable ? AttributeAccessMode.READ_AND_WRITE : AttributeAccessMode.READ_ONLY;
  }

  /** Whoever has come with a password may capture, and load firmware. */
  @Override
  public MethodAccessMode methodMode(CosemObject object, int methodIndex) {
    boolean known = catalogue.find(object.logicalName()).isPresent();
    boolean offered = object.classId() == 7 || object.classId() == 18;
    return reader != Reader.PUBLIC && known && offered
        ? MethodAccessMode.ACCESS
        : MethodAccessMode.NO_ACCESS;
  }
}
