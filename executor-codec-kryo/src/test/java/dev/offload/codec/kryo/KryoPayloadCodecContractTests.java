package dev.offload.codec.kryo;

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
