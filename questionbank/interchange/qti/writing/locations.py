"""Where the published schemas of what we write lie, for programs that look them up."""

from collections.abc import Mapping

from questionbank.interchange.model import Format

LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_QTI2, _QTI3 = "http://www.imsglobal.org/xsd/qti", "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd"
_LOM2 = "http://www.imsglobal.org/xsd/imsmd_loose_v1p3p2.xsd"
ITEMS: Mapping[Format, str] = {
    Format.QTI21: f"{_QTI2}/qtiv2p1/imsqti_v2p1p1.xsd",
    Format.QTI22: f"{_QTI2}/qtiv2p2/imsqti_v2p2.xsd",
    Format.QTI3: f"{_QTI3}/imsqti_asiv3p0_v1p0.xsd",
}
MANIFESTS: Mapping[Format, str] = {
    Format.QTI21: f"{_QTI2}/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
    Format.QTI22: f"{_QTI2}/qtiv2p2/qtiv2p2_imscpv1p2_v1p0.xsd",
    Format.QTI3: f"{_QTI3}/imsqtiv3p0_imscpv1p2_v1p0.xsd",
}
METADATA: Mapping[Format, str] = {
    Format.QTI21: _LOM2,
    Format.QTI22: _LOM2,
    Format.QTI3: "https://purl.imsglobal.org/spec/md/v1p3/schema/xsd/imsmd_loose_v1p3p2.xsd",
}
