package io.dlms4j.omnipower.catalogue;

import io.dlms4j.axdr.DataTag;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.Unit;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import org.jspecify.annotations.Nullable;

/**
 * One object of the vendor's list (vendor's DLMS description, chapter 3).
 *
 * @param name the vendor's name, by which everything else speaks of the object
 * @param classId class_id of its interface class
 * @param version version of the class
 * @param logicalName its OBIS code
 * @param type type of attribute 2 of a Data object or register; null where the class says it
 * @param unit unit of a register, whose scaler is 0; {@link Unit#NONE} for other objects
 * @param publicAccess right of the public association to its attributes
 * @param lowLevelSecurityAccess right of the associations with low level security
 * @param description what it is
 */
public record CatalogueEntry(
    String name,
    int classId,
    int version,
    ObisCode logicalName,
    @Nullable DataTag type,
    Unit unit,
    AttributeAccessMode publicAccess,
    AttributeAccessMode lowLevelSecurityAccess,
    String description) {}
