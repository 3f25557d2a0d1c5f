/** Application associations as pure state machines, client and server side (Green Book 9.4). */
@NullMarked
package io.dlms4j.cosem.association;

import org.jspecify.annotations.NullMarked;
