package io.dlms4j.examples.cli;

import io.dlms4j.cosem.ObisCode;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.util.List;
import java.util.Optional;

/** What the vendor calls an object, in whichever of its meters it is. */
final class VendorNames {
  /** OMNIPOWER first: few objects of the meters before it are others under the same code. */
  private static final List<Catalogue> CATALOGUES =
      List.of(
          Catalogue.of(MeterVariant.THREE_PHASE),
          Catalogue.of(MeterVariant.CT),
          Catalogue.of(MeterVariant.K382M),
          Catalogue.of(MeterVariant.K351C));

  private VendorNames() {}

  static Optional<CatalogueEntry> find(ObisCode logicalName) {
    return CATALOGUES.stream().flatMap(each -> each.find(logicalName).stream()).findFirst();
  }
}
