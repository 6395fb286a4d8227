package dev.offload.codec.kryo;

import java.math.BigDecimal;
import java.math.BigInteger;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/**
 * Writes decimals: the scale, then the digits as a number if they fit into one.
 */
final class DecimalForm extends Serializer<BigDecimal> {

	/** With so many digits each number is a {@code long}. */
	private static final int MAX_DIGITS = 18;

	/** In the place of a length: the digits are a {@code long}. */
	private static final int SHORT = 0;

	@Override
	public void write(Kryo kryo, Output output, BigDecimal decimal) {
		output.writeVarInt(decimal.scale(), false);
		if (decimal.precision() <= MAX_DIGITS) {
			output.writeByte(SHORT);
			output.writeVarLong(digits(decimal), false);
			return;
		}
		byte[] digits = decimal.unscaledValue().toByteArray();
		output.writeVarInt(digits.length, true);
		output.writeBytes(digits);
	}

	// Without a BigInteger on the way, for the decimals that have none.
	private static long digits(BigDecimal decimal) {
		return ((decimal.scale() != 0) ? decimal.scaleByPowerOfTen(decimal.scale()) : decimal).longValue();
	}

	@Override
	public BigDecimal read(Kryo kryo, Input input, Class<? extends BigDecimal> type) {
		int scale = input.readVarInt(false);
		int length = input.readVarInt(true);
		return (length == SHORT) ? BigDecimal.valueOf(input.readVarLong(false), scale)
				: new BigDecimal(new BigInteger(input.readBytes(length)), scale);
	}

}
