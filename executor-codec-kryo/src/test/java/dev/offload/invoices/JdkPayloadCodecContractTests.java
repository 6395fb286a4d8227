package dev.offload.invoices;

import dev.offload.codec.JdkPayloadCodec;
import dev.offload.spi.PayloadCodec;

/**
 * Java serialization does what each codec does.
 */
class JdkPayloadCodecContractTests extends PayloadCodecContract {

	@Override
	PayloadCodec create() {
		return new JdkPayloadCodec();
	}

}
