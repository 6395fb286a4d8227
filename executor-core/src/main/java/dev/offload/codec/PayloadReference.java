package dev.offload.codec;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands in a payload for a value that travels by reference. It is data only: who
 * reads it decides what it may name.
 *
 * @param type the name of the type of the value
 * @param copy whether the file is a copy made for this task
 * @param file the path of the file; of the copy of a result, its name
 * @param length the length of a copy in bytes
 * @param attributes what travels beside the content
 */
public record PayloadReference(String type, boolean copy, String file, long length, Map<String, String> attributes) {

	void writeTo(PayloadWriter out) throws IOException {
		out.writeString(this.type);
		out.writeByte(this.copy ? 1 : 0);
		out.writeString(this.file);
		out.writeLong(this.length);
		out.writeInt(this.attributes.size());
		for (Map.Entry<String, String> entry : this.attributes.entrySet()) {
			out.writeString(entry.getKey());
			out.writeString(entry.getValue());
		}
	}

	static PayloadReference read(PayloadReader in) throws IOException {
		String type = in.readName();
		boolean copy = in.readByte() != 0;
		String file = in.readName();
		long length = in.readLong();
		Map<String, String> attributes = new LinkedHashMap<>();
		int count = in.readCount();
		for (int i = 0; i < count; i++) {
			attributes.put(in.readName(), in.readName());
		}
		return new PayloadReference(type, copy, file, length, Map.copyOf(attributes));
	}

}
