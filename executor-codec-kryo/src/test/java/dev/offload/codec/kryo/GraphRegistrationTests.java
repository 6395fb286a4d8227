package dev.offload.codec.kryo;

import java.util.UUID;

import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.serializers.DefaultSerializers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GraphRegistration}.
 */
class GraphRegistrationTests {

	// As the codec does before the first class of Kryo is loaded, for good.
	@BeforeAll
	static void avoidRawMemory() {
		RawMemory.avoid();
	}

	@Test
	void formCannotBeChanged() {
		Registration registration = new GraphKryo(getClass().getClassLoader()).getRegistration(UUID.class);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> registration.setSerializer(new DefaultSerializers.UUIDSerializer()))
			.withMessage("How java.util.UUID is written cannot be changed");
	}

}
