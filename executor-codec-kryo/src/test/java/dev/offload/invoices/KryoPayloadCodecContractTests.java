package dev.offload.invoices;

import dev.offload.codec.kryo.KryoPayloadCodec;
import dev.offload.spi.PayloadCodec;

/**
 * Kryo does what each codec does.
 */
class KryoPayloadCodecContractTests extends PayloadCodecContract {

	@Override
	PayloadCodec create() {
		return new KryoPayloadCodec();
	}

}
