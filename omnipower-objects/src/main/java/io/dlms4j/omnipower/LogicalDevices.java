package io.dlms4j.omnipower;

import io.dlms4j.axdr.Octets;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.image.ImageTransfer;
import io.dlms4j.server.image.InMemoryImageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the two logical devices of a meter. The current association and the SAP assignment
 * list are not made here: every logical device has them.
 */
final class LogicalDevices {
  /**
   * The longest block whose request is one APDU of 1007 octets; the vendor shows 985, and advises
   * this (3.8).
   */
  private static final int FIRMWARE_BLOCK_SIZE = 983;

  private static final long MOST_FIRMWARE = 1L << 20;

  private final Catalogue catalogue;
  private final List<CosemObject> management;
  private final List<CosemObject> all;

  private record Bound(CatalogueEntry entry, CosemObject object) {}

  LogicalDevices(
      Catalogue catalogue,
      MeterBackend backend,
      HdlcSetup link,
      @Nullable ImageTransfer imageTransfer) {
    this.catalogue = catalogue;
    if (imageTransfer != null && catalogue.find(imageTransfer.object().logicalName()).isEmpty()) {
      throw new IllegalArgumentException(
          catalogue.variant() + " has no image transfer " + imageTransfer.object().logicalName());
    }
    MeterObjects objects = new MeterObjects(backend);
    List<Bound> bound =
        catalogue.entries().stream()
            .filter(entry -> entry.access() != CatalogueEntry.Access.CAPTURED_ONLY)
            .flatMap(
                entry ->
                    object(entry, objects, backend, link, imageTransfer)
                        .map(object -> new Bound(entry, object))
                        .stream())
            .toList();
    all = bound.stream().map(Bound::object).toList();
    management =
        bound.stream()
            .filter(each -> each.entry().publicIn().contains(catalogue.variant()))
            .map(Bound::object)
            .toList();
  }

  /** The objects that the public association sees. */
  LogicalDevice.Builder management(Octets name) {
    return with(management, OmnipowerAssociation.PUBLIC, name);
  }

  /** All of them. */
  LogicalDevice.Builder metering(Octets name) {
    return with(all, OmnipowerAssociation.PRIMARY_MODULE, name);
  }

  private static LogicalDevice.Builder with(
      List<CosemObject> objects, OmnipowerAssociation association, Octets name) {
    LogicalDevice.Builder device = LogicalDevice.builder(association.serverSap(), name);
    objects.forEach(device::object);
    return device;
  }

  private Optional<CosemObject> object(
      CatalogueEntry entry,
      MeterObjects objects,
      MeterBackend backend,
      HdlcSetup link,
      @Nullable ImageTransfer imageTransfer) {
    return switch (entry.classId()) {
      case 1 -> Optional.of(objects.data(entry));
      case 3 -> Optional.of(objects.register(entry));
      case 4 -> Optional.of(objects.extendedRegister(entry));
      case 7 -> Optional.of(LoggerObject.of(catalogue, entry, backend));
      case 8 -> Optional.of(ClockObject.of(entry, backend));
      // The library's server puts them into every logical device.
      case 15, 17 -> Optional.empty();
      case 18 -> Optional.of((imageTransfer == null ? firmware(entry) : imageTransfer).object());
      case 23 -> Optional.of(link.object(entry));
      default -> throw new IllegalStateException("no object for " + entry);
    };
  }

  private static ImageTransfer firmware(CatalogueEntry entry) {
    try {
      return ImageTransfer.builder(entry.logicalName(), new InMemoryImageStore())
          .blockSize(FIRMWARE_BLOCK_SIZE, 16, FIRMWARE_BLOCK_SIZE)
          .maxImageSize(MOST_FIRMWARE)
          .survivingRestarts(false)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }
}
