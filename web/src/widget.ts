import "./chat";
