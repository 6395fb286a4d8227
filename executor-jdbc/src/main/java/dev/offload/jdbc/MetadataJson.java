package dev.offload.jdbc;

import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Metadata as a JSON object, so that it can be asked for in SQL.
 */
final class MetadataJson {

	private static final JsonFactory JSON = new JsonFactory();

	private MetadataJson() {
	}

	static String write(Map<String, String> metadata) {
		StringWriter text = new StringWriter();
		try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			generator.writeStartObject();
			new TreeMap<>(metadata).forEach(generator::writeStringProperty);
			generator.writeEndObject();
		}
		return text.toString();
	}

	// What others have put there is left out, unless it is a plain value.
	static Map<String, String> read(String text) {
		Map<String, String> metadata = new TreeMap<>();
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
			parser.nextToken();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				JsonToken value = parser.nextToken();
				if (value.isScalarValue()) {
					metadata.put(name, parser.getString());
				}
				else {
					parser.skipChildren();
				}
			}
		}
		catch (JacksonException ex) {
			metadata.put("unreadable", text);
		}
		return metadata;
	}

}
