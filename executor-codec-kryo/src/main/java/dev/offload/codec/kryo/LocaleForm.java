package dev.offload.codec.kryo;

import java.util.Locale;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes locales. Those with a script or with extensions are written as Java
 * serialization does.
 */
final class LocaleForm extends Serializer<Locale> {

	@Override
	public void write(Kryo kryo, Output output, Locale locale) {
		if (locale.hasExtensions() || !locale.getScript().isEmpty()) {
			output.writeString(null);
			JavaForm.write(output, locale);
			return;
		}
		output.writeString(locale.getLanguage());
		output.writeString(locale.getCountry());
		output.writeString(locale.getVariant());
	}

	// What comes after Java 17 in its stead is not there yet; builders refuse variants
	// that old code has.
	@Override
	@SuppressWarnings("deprecation")
	public @Nullable Locale read(Kryo kryo, Input input, Class<? extends Locale> type) {
		String language = input.readString();
		if (language == null) {
			return (Locale) JavaForm.read(kryo, input);
		}
		String country = input.readString();
		String variant = input.readString();
		if (country == null || variant == null) {
			throw new KryoException("a part of a locale is missing");
		}
		return new Locale(language, country, variant);
	}

}
