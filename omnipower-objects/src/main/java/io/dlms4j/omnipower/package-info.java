/**
 * A software OMNIPOWER electricity meter, ready to be put into a server: {@link
 * io.dlms4j.omnipower.OmnipowerMeter} binds the objects of the vendor's DLMS description to a
 * {@link io.dlms4j.omnipower.backend.MeterBackend}.
 */
@NullMarked
package io.dlms4j.omnipower;

import org.jspecify.annotations.NullMarked;
